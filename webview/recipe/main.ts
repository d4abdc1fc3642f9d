import { html, render } from 'lit';
import type { PreviewRow, RecipeEvents, RecipeRequests, RecipeViewState } from '../../src/shared/recipe-view';
import type { ParamsOf } from '../../src/shared/rpc';
import { registerControls } from '../common/controls';
import { HostClient, failureText } from '../common/host-client';
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
import type { ViewContext } from './view-context';

registerControls();
const workbench = acquireVsCodeApi();
const host = new HostClient<RecipeRequests, RecipeEvents>(workbench);
const root = document.createElement('div');
root.className = 'recipe';
document.body.append(root);

let state: RecipeViewState | undefined;
let draft: Draft | undefined;
let row: PreviewRow | undefined;
let wantedRow = savedRow();
let frame = 0;
const openColumns = new Set<string>();
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
    if (wantedRow === next) row = answer;
  } catch {
    // Why rows cannot be shown stands in the state already.
    row = undefined;
  }
  drawSoon();
}

/** At most one drawing a frame, however fast the typing. */
function drawSoon(): void {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    draw();
  });
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
      if (!openColumns.delete(name)) openColumns.add(name);
      drawSoon();
    },
  };
  const wasAtEnd = isAtEnd();
  render(recipePage(context), root);
  if (wasAtEnd) promptBox()?.scrollTo({ top: promptBox()!.scrollHeight });
}

/** The box with the prompt. It shows its end, where the row at hand and its answer are, until somebody scrolls away. */
function promptBox(): HTMLElement | null {
  return root.querySelector<HTMLElement>('.prompt');
}

function isAtEnd(): boolean {
  const box = promptBox();
  return box === null || box.scrollTop + box.clientHeight >= box.scrollHeight - 4;
}

/** A document that could never be understood since it was opened. */
function broken({ problems }: RecipeViewState): ReturnType<typeof html> {
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

function take(next: RecipeViewState): void {
  state = next;
  failure.hidden = true;
  if (next.recipe) {
    draft ??= new Draft((changes) => host.request('edit', { changes }).catch(showFailure), drawSoon, next.recipe);
    draft.take(next.recipe);
  }
  drawSoon();
  if (next.table) void showRow(wantedRow);
}

host.on('state', take);
void host.request('ready', null).then(take, showFailure);
