import { html, render } from 'lit';
import type { PreviewRow, RecipeEvents, RecipeRequests, RecipeViewState } from '../../src/shared/recipe-view';
import type { ParamsOf } from '../../src/shared/rpc';
import { registerControls } from '../common/controls';
import { HostClient, failureText } from '../common/host-client';
import { keepSame } from '../common/keep-same';
import { l10n } from '../common/l10n';
import '../common/page.css';
import { Draft } from './draft';
import { preview } from './preview/preview-text';
import './columns/columns.css';
import './preview/preview.css';
import './recipe.css';
import './settings.css';
import './template/template.css';
import { recipePage } from './recipe-page';
import { TokenCounter } from './preview/token-counter';
import type { PageState, ViewContext } from './view-context';

registerControls();
const workbench = acquireVsCodeApi();
const host = new HostClient<RecipeRequests, RecipeEvents>(workbench);
const root = document.createElement('div');
root.className = 'recipe';
document.body.append(root);

let state: PageState | undefined;
let draft: Draft | undefined;
let row: PreviewRow | undefined;
let wantedRow = savedRow();
let frame = 0;
let isDrawn = false;
let openColumns: ReadonlySet<string> = new Set();
const tokens = new TokenCounter((texts) => host.request('countTokens', { texts }), drawSoon);

function savedRow(): number {
  const saved = workbench.getState() as { row?: number } | undefined;
  return saved?.row ?? 0;
}

const set: ViewContext['set'] = (path, value) => draft?.set(path, value);

const ask: ViewContext['ask'] = (method, params) => void askHost(method, params);

async function askHost<M extends keyof RecipeRequests>(method: M, params: ParamsOf<RecipeRequests, M>): Promise<void> {
  await draft?.send();
  try {
    await host.request(method, params);
  } catch (error) {
    showFailure(error);
  }
}

function showFailure(error: unknown): void {
  failure.textContent = failureText(error);
  failure.hidden = false;
}

const failure = document.createElement('p');
failure.className = 'message error failure';
failure.setAttribute('role', 'alert');
failure.hidden = true;
document.body.prepend(failure);

async function showRow(next: number): Promise<void> {
  wantedRow = next;
  workbench.setState({ row: next });
  try {
    const answer = await host.request('row', { row: next });
    if (wantedRow === next) useRow(answer);
  } catch {
    // Why rows cannot be shown stands in the state already.
    useRow(undefined);
  }
}

function useRow(next: PreviewRow | undefined): void {
  const before = row;
  row = keepSame(before, next);
  if (row !== before) drawSoon();
}

/** At most one drawing a frame. */
function drawSoon(): void {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    draw();
  });
}

/** Draws what is typed ahead of the frame that shows it; what is typed for the same frame again is drawn in it. */
function drawTyped(): void {
  if (isDrawn) {
    drawSoon();
    return;
  }
  isDrawn = true;
  requestAnimationFrame(() => (isDrawn = false));
  draw();
}

function draw(): void {
  if (!state) return;
  if (!draft) {
    render(broken(state), root);
    return;
  }
  const { recipe } = draft;
  const shown = state.table && preview(recipe, state.table, row);
  if (shown?.rendered) tokens.want(shown.rendered.prompt, shown.rendered.completion);
  const context: ViewContext = {
    state,
    recipe,
    preview: shown,
    row,
    tokens: shown?.rendered && tokens.counts,
    areTokensOld: tokens.isOld,
    set,
    ask,
    showRow: (next) => void showRow(next),
    openColumns,
    toggleColumn: (name) => {
      const others = [...openColumns].filter((open) => open !== name);
      openColumns = new Set(openColumns.has(name) ? others : [...others, name]);
      drawSoon();
    },
  };
  render(recipePage(context), root);
}

/** A document that could never be understood since it was opened. */
function broken({ problems }: PageState): ReturnType<typeof html> {
  return html`
    <main class="unreadable">
      <h1>${l10n.t('This recipe cannot be read')}</h1>
      <div class="message error" role="alert">
        ${problems.map(({ path, message, hint }) => html`<p>${path ? html`<code>${path}</code>` : l10n.t('The document')} ${message} ${hint}</p>`)}
      </div>
      <vscode-button
        @click=${() => {
          ask('openAsText', null);
        }}
        >${l10n.t('Open as Text')}</vscode-button
      >
    </main>
  `;
}

/** Mostly a state comes back from typing that is drawn already: then nothing is drawn, and no row asked for. */
function take({ recipe, ...rest }: RecipeViewState): void {
  const [before, drawn] = [state, draft?.recipe];
  state = keepSame(before, rest);
  failure.hidden = true;
  if (recipe) {
    draft ??= new Draft((changes) => host.request('edit', { changes }).catch(showFailure), drawTyped, recipe);
    draft.take(recipe);
  }
  if (state !== before || draft?.recipe !== drawn) drawSoon();
  const { table } = state;
  if (table && (row === undefined || table.revision !== before?.table?.revision)) void showRow(wantedRow);
}

host.on('state', take);
// Before the document is saved, and where the page is left: what was typed last is not waited for.
host.on('send', () => void draft?.send().then(() => host.request('sent', null)));
window.addEventListener('blur', () => void draft?.send());
void host.request('ready', null).then(take, showFailure);
