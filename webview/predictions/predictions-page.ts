import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunFacts, SortKey } from '../../src/shared/predictions-view';
import { l10n } from '../common/l10n';
import { rowCount, scopeNames } from './format';
import './grid/grid';
import { inspector } from './inspector/inspector';
import { metricsPanel } from './metrics/metrics-panel';
import { toolbar } from './toolbar';
import type { ViewContext } from './view-context';

/** The page: what was run, how good it is, the rows, and one row in depth. */
export function predictionsPage(context: ViewContext): TemplateResult {
  const { state, selected, failure } = context;
  return html`
    <main>
      ${header(context)} ${state.notices.map((notice) => html`<p class="message warning">${notice}</p>`)}
      ${state.error ? html`<p class="message error" role="alert">${state.error.message} ${state.error.hint}</p>` : nothing}
      ${failure === '' ? nothing : html`<p class="message error" role="alert">${failure}</p>`}
      ${state.run ? metricsPanel(context) : state.error ? nothing : invitation(context)} ${toolbar(context)}
      <div class="split ${selected >= 0 ? 'with-inspector' : ''}">
        <div class="rows">${grid(context)} ${emptyList(context)} ${footer(context)}</div>
        ${inspector(context)}
      </div>
    </main>
  `;
}

function header({ state: { table, run }, chooseRun }: ViewContext): TemplateResult {
  return html`
    <header class="title">
      <h1>${table.name}</h1>
      ${run ? html`<span class="muted">${runText(run)}</span>` : nothing}
      <span class="spacer"></span>
      ${
        run
          ? html`<vscode-button
              appearance="secondary"
              title=${l10n.t('Show the predictions of another run')}
              @click=${chooseRun}
              >${l10n.t('Other Run…')}</vscode-button
            >`
          : nothing
      }
    </header>
  `;
}

function runText({ target, model, name, createdAt }: RunFacts): string {
  const time = new Date(createdAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return l10n.t('→ {0} · {1} · run {2}, {3}', target, model, name, time);
}

/** The table of which nobody has asked anything yet. */
function invitation({ fineTune }: ViewContext): TemplateResult {
  return html`
    <div class="invitation">
      <div>
        <h2>${l10n.t('No predictions yet')}</h2>
        <p class="muted">
          ${l10n.t('Fine-tune a language model on this table, and its predictions appear beside the rows: right or wrong, how sure, and why.')}
        </p>
      </div>
      <vscode-button @click=${fineTune}>${l10n.t('Fine-tune with LIFT')}</vscode-button>
    </div>
  `;
}

function grid(context: ViewContext): TemplateResult {
  const { state, columns, result, rows, revision, query, selected, ask, openRow, enterRow, followRow, closeRow } =
    context;
  return html`
    <lift-prediction-grid
      .label=${l10n.t('Rows of {0}', state.table.name)}
      .columns=${columns}
      .rowCount=${result?.rows ?? 0}
      .rows=${rows}
      .revision=${revision}
      .sort=${query.sort}
      .selected=${selected}
      @grid-sort=${({ detail }: CustomEvent<SortKey>) => {
        ask({ sort: { by: detail, descending: query.sort.by === detail && !query.sort.descending } });
      }}
      @grid-select=${({ detail }: CustomEvent<number>) => {
        followRow(detail);
      }}
      @grid-open=${({ detail }: CustomEvent<number>) => {
        openRow(detail);
      }}
      @grid-enter=${({ detail }: CustomEvent<number>) => {
        enterRow(detail);
      }}
      @grid-leave=${closeRow}
    ></lift-prediction-grid>
  `;
}

function emptyList({ result, query, state, busy, ask }: ViewContext): TemplateResult | typeof nothing {
  if (!result || result.rows > 0 || busy || !state.table.complete || state.error) return nothing;
  const isFiltered = query.filter !== 'all' || query.search !== '' || query.pair !== undefined;
  return html`
    <div class="nothing">
      <p>${isFiltered ? l10n.t('No row is like that.') : l10n.t('There are no rows.')}</p>
      ${
        isFiltered
          ? html`<vscode-button
              appearance="secondary"
              @click=${() => {
                ask({ filter: 'all', search: '', pair: undefined });
              }}
              >${l10n.t('Show All Rows')}</vscode-button
            >`
          : nothing
      }
    </div>
  `;
}

function footer({ result, busy, state: { table, run }, query }: ViewContext): TemplateResult {
  const known = table.complete ? '' : l10n.t('· reading {0}, {1} so far', table.name, rowCount(table.rows));
  const found = result ? l10n.t('{0}: {1} shown', scopeNames[query.scope], rowCount(result.rows)) : '';
  return html`
    <p class="footer muted">
      <span role="status">${busy ? l10n.t('Reading the rows…') : found}</span>${known} <span class="spacer"></span
      ><span class="keys">${run ? l10n.t('Enter: why this prediction') : l10n.t('Enter: the whole row')}</span>
    </p>
  `;
}
