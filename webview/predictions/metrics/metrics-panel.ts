import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SplitPart } from '../../../src/core/run/folder/predictions-file';
import { measureText } from '../../../src/shared/measure-text';
import type { MetricsView } from '../../../src/shared/predictions-view';
import { l10n } from '../../common/l10n';
import { confusionTable } from './confusion-table';
import { reliabilityChart } from './reliability-chart';
import { residualChart } from './residual-chart';
import type { ViewContext } from '../view-context';

/** How good the predictions are: the one number, LIFT among the baselines, and where the errors are. */
export function metricsPanel(context: ViewContext): TemplateResult | typeof nothing {
  const { state, metricsOpen, toggleMetrics } = context;
  const { metrics, run } = state;
  if (!metrics || !run) return nothing;
  return html`
    <details
      class="metrics"
      ?open=${metricsOpen}
      @toggle=${(event: Event) => {
        toggleMetrics((event.target as HTMLDetailsElement).open);
      }}
    >
      <summary>
        <span class="headline">${metrics.headline}</span>
        ${
          metrics.comparison === ''
            ? nothing
            : html`<span class="comparison ${metrics.isBehind ? 'behind' : ''}">${metrics.comparison}</span>`
        }
      </summary>
      <div class="cards" tabindex="0" role="group" aria-label=${l10n.t('Metrics')}>
        ${methodsTable(metrics)} ${metrics.confusion ? confusionTable(context, metrics.confusion) : nothing}
        ${metrics.reliability && metrics.reliability.length > 0 ? reliabilityChart(metrics.reliability) : nothing}
        ${metrics.residuals ? residualChart(context, metrics.residuals, run.promised) : nothing}
      </div>
    </details>
  `;
}

const titles: Record<SplitPart, (rows: string) => string> = {
  train: (rows) => l10n.t('On the {0} training rows', rows),
  validation: (rows) => l10n.t('On the {0} validation rows', rows),
  test: (rows) => l10n.t('On the {0} test rows', rows),
  unlabelled: (rows) => l10n.t('On the {0} rows without an answer', rows),
  new: (rows) => l10n.t('On the {0} new rows', rows),
};

function methodsTable({ methods, measures, part, rows }: MetricsView): TemplateResult {
  const title = titles[part](rows.toLocaleString());
  return html`
    <section class="card" aria-label=${title}>
      <h2>${title}</h2>
      <table class="methods">
        <thead>
          <tr>
            <th scope="col">${l10n.t('Method')}</th>
            ${measures.map(({ label, explanation }) => html`<th scope="col" class="number" title=${explanation}>${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${methods.map(
            ({ label, isLift, values, settings }) => html`
              <tr class=${isLift ? 'lift' : ''}>
                <th scope="row" title=${settings || nothing}>${label}</th>
                ${measures.map((measure) => {
                  const value = values[measure.key];
                  return html`<td class="number">${value === undefined ? '–' : measureText(measure, value)}</td>`;
                })}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </section>
  `;
}
