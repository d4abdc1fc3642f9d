import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SortKey } from '../../src/shared/predictions-view';
import { counted, scopeNames } from './format';
import './grid';
import { inspector } from './inspector';
import { metricsPanel } from './metrics-panel';
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
  const time = run && new Date(run.createdAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return html`
    <header class="title">
      <h1>${table.name}</h1>
      ${run ? html`<span class="muted">→ ${run.target} · ${run.model} · run ${run.name}, ${time}</span>` : nothing}
      <span class="spacer"></span>
      ${
        run
          ? html`<vscode-button appearance="secondary" title="Show the predictions of another run" @click=${chooseRun}
              >Other Run…</vscode-button
            >`
          : nothing
      }
    </header>
  `;
}

/** The table of which nobody has asked anything yet. */
function invitation({ fineTune }: ViewContext): TemplateResult {
  return html`
    <div class="invitation">
      <div>
        <h2>No predictions yet</h2>
        <p class="muted">
          Fine-tune a language model on this table, and its predictions appear beside the rows: right or wrong, how
          sure, and why.
        </p>
      </div>
      <vscode-button @click=${fineTune}>Fine-tune with LIFT</vscode-button>
    </div>
  `;
}

function grid(context: ViewContext): TemplateResult {
  const { state, columns, result, rows, revision, query, selected, ask, openRow, enterRow, followRow, closeRow } =
    context;
  return html`
    <lift-prediction-grid
      .label=${`Rows of ${state.table.name}`}
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
      <p>${isFiltered ? 'No row is like that.' : 'There are no rows.'}</p>
      ${
        isFiltered
          ? html`<vscode-button
              appearance="secondary"
              @click=${() => {
                ask({ filter: 'all', search: '', pair: undefined });
              }}
              >Show All Rows</vscode-button
            >`
          : nothing
      }
    </div>
  `;
}

function footer({ result, busy, state: { table, run }, query }: ViewContext): TemplateResult {
  const known = table.complete ? '' : ` · reading ${table.name}, ${counted(table.rows, 'row')} so far`;
  const found = result ? counted(result.rows, 'row') : '';
  return html`
    <p class="footer muted">
      <span role="status">${busy ? 'Reading the rows…' : `${scopeNames[query.scope]}: ${found} shown`}</span>${known}
      <span class="spacer"></span><span class="keys">Enter: ${run ? 'why this prediction' : 'the whole row'}</span>
    </p>
  `;
}
