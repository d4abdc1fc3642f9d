import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type {
  ChangedRow,
  ChangeKind,
  ChangesQuery,
  ComparisonView,
  PredictedAnswer,
} from '../../src/shared/comparison-view';
import { icon } from '../common/icons';
import { l10n } from '../common/l10n';
import type { PageActions, PageState } from './comparison-page';

/** What a change is called, by task, and what that means. */
const kindNames: Record<ComparisonView['task'], Record<ChangeKind, readonly [name: string, meaning: string]>> = {
  classification: {
    better: [l10n.t('Fixed'), l10n.t('Wrong on the left, right on the right')],
    worse: [l10n.t('Broken'), l10n.t('Right on the left, wrong on the right')],
    other: [l10n.t('Still wrong'), l10n.t('Wrong on both sides, in different ways')],
  },
  regression: {
    better: [l10n.t('Closer'), l10n.t('The prediction on the right is closer to the truth')],
    worse: [l10n.t('Further'), l10n.t('The prediction on the right is further from the truth')],
    other: [l10n.t('As far'), l10n.t('Both predictions are equally far from the truth')],
  },
};
const kinds = ['better', 'worse', 'other'] as const;
const kindIcons = { better: 'check', worse: 'cross', other: 'dash' } as const;

/** The rows whose prediction changed, with a filter by how. */
export function changedRowsTable(
  view: ComparisonView,
  { rows, kind }: PageState,
  actions: PageActions,
): TemplateResult | typeof nothing {
  if (view.commonRows === 0) return nothing;
  const all = view.changes.better + view.changes.worse + view.changes.other;
  const shown = kind === 'all' ? all : view.changes[kind];
  return html`
    <section aria-labelledby="changes-title">
      <h2 id="changes-title">${l10n.t('Predictions that changed')}</h2>
      <p class="muted" role="status">
        ${l10n.t('{0} of {1} test rows have another prediction on the right.', all.toLocaleString(), view.commonRows.toLocaleString())}
      </p>
      ${all === 0 ? nothing : filters(view, kind, all, actions)} ${shown === 0 ? nothing : table(view, rows, actions)}
      ${
        rows.length < shown
          ? html`<vscode-button appearance="secondary" @click=${actions.more}
              >${l10n.t('Show More Rows')}</vscode-button
            >`
          : nothing
      }
    </section>
  `;
}

function filters(
  { task, changes }: ComparisonView,
  chosen: ChangesQuery['kind'],
  all: number,
  { filter }: PageActions,
): TemplateResult {
  const button = (kind: ChangesQuery['kind'], name: string, meaning: string, count: number): TemplateResult => html`
    <button
      type="button"
      title=${meaning}
      aria-pressed=${kind === chosen}
      @click=${() => {
        filter(kind);
      }}
    >
      ${name} <span class="count">${count.toLocaleString()}</span>
    </button>
  `;
  return html`
    <div class="segmented" role="group" aria-label=${l10n.t('Which changes')}>
      ${button('all', l10n.t('All'), l10n.t('Every row whose prediction changed'), all)}
      ${kinds.map((kind) => button(kind, ...kindNames[task][kind], changes[kind]))}
    </div>
  `;
}

function table({ task }: ComparisonView, rows: readonly ChangedRow[], { showLine }: PageActions): TemplateResult {
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label=${l10n.t('Changed rows')}>
      <table class="changes">
        <thead>
          <tr>
            <th scope="col">${l10n.t('Line')}</th>
            <th scope="col">${l10n.t('Change')}</th>
            <th scope="col">${l10n.t('Truth')}</th>
            <th scope="col">${l10n.t('Left')}</th>
            <th scope="col">${l10n.t('Right')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ line, kind, truth, left, right }) => html`
              <tr>
                <th scope="row">
                  <button
                    class="link"
                    title=${l10n.t('Show this line in the table')}
                    aria-label=${l10n.t('Show line {0}', line)}
                    @click=${() => {
                      showLine(line);
                    }}
                  >
                    ${line}
                  </button>
                </th>
                <td class="change ${kind}">${icon(kindIcons[kind])} ${kindNames[task][kind][0]}</td>
                <td>${truth}</td>
                <td>${answer(left)}</td>
                <td>${answer(right)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}

function answer({ text, confidence }: PredictedAnswer): TemplateResult {
  return html`${text}${
    confidence === undefined ? nothing : html` <span class="muted">${Math.round(100 * confidence)} %</span>`
  }`;
}
