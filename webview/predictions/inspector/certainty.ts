import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { PredictionFacts, RowDetail } from '../../../src/shared/predictions-view';
import { l10n } from '../../common/l10n';
import { percent, shortNumber } from '../format';

/** So many classes are listed; the others together. */
const mostListed = 12;

/** How sure the model is: the probability of every class, or the interval of a number. */
export function certainty(detail: RowDetail, promised: number): TemplateResult | typeof nothing {
  const { prediction, truth } = detail.row;
  if (!prediction) return nothing;
  if (detail.probabilities.length > 0) return bars(detail);
  const { lower, upper } = prediction;
  return lower === undefined || upper === undefined
    ? nothing
    : intervalSection({ ...prediction, lower, upper }, truth, promised);
}

function bars({ probabilities, row: { truth } }: RowDetail): TemplateResult {
  const listed = probabilities.slice(0, mostListed);
  const rest = probabilities.slice(mostListed);
  const restSum = rest.reduce((sum, { probability }) => sum + probability, 0);
  return html`
    <section>
      <h3>${l10n.t('How sure the model is')}</h3>
      <table class="bars">
        <caption class="visually-hidden">
          ${l10n.t('Probability of each class')}
        </caption>
        <tbody>
          ${listed.map(
            ({ label, probability }) => html`
              <tr class=${label === truth ? 'truth' : ''}>
                <th scope="row" title=${label}>
                  <span class="text">${label}</span
                  >${label === truth ? html`<span class="muted"> ${l10n.t('truth')}</span>` : nothing}
                </th>
                <td class="bar"><span aria-hidden="true" .style=${`width: ${100 * probability}%`}></span></td>
                <td class="number">${percent(probability)}</td>
              </tr>
            `,
          )}
          ${
            rest.length === 0
              ? nothing
              : html`<tr>
                  <th scope="row" class="muted">
                    ${rest.length === 1 ? l10n.t('1 other class') : l10n.t('{0} other classes', rest.length)}
                  </th>
                  <td class="bar"><span aria-hidden="true" .style=${`width: ${100 * restSum}%`}></span></td>
                  <td class="number">${percent(restSum)}</td>
                </tr>`
          }
        </tbody>
      </table>
    </section>
  `;
}

const width = 300;
const edge = 12;

function intervalSection(
  { lower, upper, text }: PredictionFacts & { readonly lower: number; readonly upper: number },
  truth: string | undefined,
  promised: number,
): TemplateResult {
  const prediction = Number(text);
  const known = truth === undefined ? Number.NaN : Number(truth);
  const shown = [lower, upper, prediction, known].filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const x = (value: number): number =>
    edge + ((value - low) / Math.max(high - low, Number.MIN_VALUE)) * (width - 2 * edge);
  return html`
    <section>
      <h3>${l10n.t('How sure the model is')}</h3>
      <svg
        class="chart interval"
        viewBox="0 0 ${width} 40"
        role="img"
        aria-label=${l10n.t('The interval, with prediction and truth')}
      >
        <line class="range" x1=${x(lower)} x2=${x(upper)} y1="20" y2="20" />
        <line class="bound" x1=${x(lower)} x2=${x(lower)} y1="13" y2="27" />
        <line class="bound" x1=${x(upper)} x2=${x(upper)} y1="13" y2="27" />
        <circle class="point" cx=${x(prediction)} cy="20" r="5"><title>${l10n.t('prediction')}</title></circle>
        ${Number.isNaN(known) ? nothing : svg`<path class="truth" d="M${x(known)} 4v32"><title>${l10n.t('truth')}</title></path>`}
      </svg>
      <p class="muted">
        ${l10n.t('The truth should lie between {0} and {1} in {2} of 100 rows.', shortNumber(lower), shortNumber(upper), Math.round(100 * promised))}
        ${Number.isNaN(known) ? l10n.t('Dot: prediction.') : l10n.t('Dot: prediction; upright line: truth.')}
      </p>
    </section>
  `;
}
