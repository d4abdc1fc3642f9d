import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { measureText } from '../../src/shared/measure-text';
import type {
  ChangedRow,
  ChangesQuery,
  ComparedMeasure,
  ComparedRun,
  ComparisonView,
} from '../../src/shared/comparison-view';
import type { HostError } from '../common/host-client';
import { l10n } from '../common/l10n';
import { changedRowsTable } from './changed-rows-table';

export interface PageState {
  /** Undefined while the host reads the runs. */
  readonly view: ComparisonView | undefined;
  readonly rows: readonly ChangedRow[];
  readonly kind: ChangesQuery['kind'];
  readonly problem: HostError | undefined;
}

export interface PageActions {
  readonly filter: (kind: ChangesQuery['kind']) => void;
  readonly more: () => void;
  readonly showLine: (line: number) => void;
  readonly swap: () => void;
}

/** Two runs side by side: which is better and whether that is more than noise, what differs, which rows changed. */
export function comparisonPage(state: PageState, actions: PageActions): TemplateResult {
  const { view, problem } = state;
  const title = html`<h1>${l10n.t('Compare Runs')}</h1>`;
  if (problem)
    return html`<main>
      ${title}
      <p class="message error" role="alert">${problem.message} ${problem.hint}</p>
    </main>`;
  if (!view)
    return html`<main>
      ${title}
      <p class="muted" role="status">${l10n.t('Reading the runs…')}</p>
    </main>`;
  return html`
    <main>
      ${title}
      <div class="runs">
        ${runCard(l10n.t('Left'), view.left)} ${runCard(l10n.t('Right'), view.right)}
        <vscode-button appearance="secondary" @click=${actions.swap}>${l10n.t('Swap Sides')}</vscode-button>
      </div>
      ${view.verdict === '' ? nothing : html`<p class="verdict">${view.verdict}</p>`}
      ${view.notices.map((notice) => html`<p class="message warning">${notice}</p>`)}
      <div class="tables">${measuresTable(view)} ${recipeTable(view)}</div>
      ${changedRowsTable(view, state, actions)}
    </main>
  `;
}

function runCard(side: string, { name, begun, model }: ComparedRun): TemplateResult {
  return html`
    <section class="run" aria-label=${`${side}: ${name}`}>
      <span class="side">${side}</span>
      <strong>${name}</strong>
      <span class="muted">${begun} · ${model}</span>
    </section>
  `;
}

function measuresTable({ measures }: ComparisonView): TemplateResult | typeof nothing {
  if (measures.length === 0) return nothing;
  return html`
    <section aria-labelledby="measures-title">
      <h2 id="measures-title">${l10n.t('On the test rows')}</h2>
      <div class="scroll" tabindex="0" role="group" aria-label=${l10n.t('Metrics')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${l10n.t('Metric')}</th>
              <th scope="col" class="number">${l10n.t('Left')}</th>
              <th scope="col" class="number">${l10n.t('Right')}</th>
              <th scope="col" class="number">${l10n.t('Difference')}</th>
            </tr>
          </thead>
          <tbody>
            ${measures.map(measureRow)}
          </tbody>
        </table>
      </div>
    </section>
  `;
}

function measureRow(measure: ComparedMeasure): TemplateResult {
  const { label, explanation, left, right, better } = measure;
  const cell = (side: 'left' | 'right', value: number | undefined): TemplateResult =>
    html`<td class="number ${better === side ? 'better' : ''}">
      ${value === undefined ? '–' : measureText(measure, value)}${
        better === side ? html`<span class="visually-hidden">${l10n.t(', better')}</span>` : nothing
      }
    </td>`;
  return html`
    <tr>
      <th scope="row" title=${explanation}>${label}</th>
      ${cell('left', left)} ${cell('right', right)}
      <td class="number">${differenceText(measure)}</td>
    </tr>
  `;
}

/** The difference with its sign; of percentages in points. */
function differenceText(measure: ComparedMeasure): string {
  const { left, right, style } = measure;
  if (left === undefined || right === undefined) return '–';
  const difference = right - left;
  if (style === 'number') return (difference > 0 ? '+' : '') + measureText(measure, difference);
  const points = Number((100 * difference).toFixed(1));
  const sign = points > 0 ? '+' : points < 0 ? '−' : '';
  return l10n.t('{0} points', sign + Math.abs(points).toFixed(1));
}

function recipeTable({ recipe }: ComparisonView): TemplateResult {
  return html`
    <section aria-labelledby="recipe-title">
      <h2 id="recipe-title">${l10n.t('Recipes')}</h2>
      ${
        recipe.length === 0
          ? html`<p class="muted">${l10n.t('Both runs have the same recipe.')}</p>`
          : html`
              <div class="scroll" tabindex="0" role="group" aria-label=${l10n.t('Fields that differ')}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">${l10n.t('Field')}</th>
                      <th scope="col">${l10n.t('Left')}</th>
                      <th scope="col">${l10n.t('Right')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${recipe.map(
                      ({ path, left, right }) => html`
                        <tr>
                          <th scope="row"><code>${path}</code></th>
                          <td><code>${left ?? '–'}</code></td>
                          <td><code>${right ?? '–'}</code></td>
                        </tr>
                      `,
                    )}
                  </tbody>
                </table>
              </div>
            `
      }
    </section>
  `;
}
