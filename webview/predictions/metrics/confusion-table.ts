import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ConfusionView } from '../../../src/shared/predictions-view';
import { l10n } from '../../common/l10n';
import { rowCount } from '../format';
import type { ViewContext } from '../view-context';

/** A matrix of more classes than this is not read; the most frequent mix-ups are. */
const mostLabels = 10;
const mostMixUps = 10;

/** Which classes are taken for which. A cell shows its rows. */
export function confusionTable(context: ViewContext, confusion: ConfusionView): TemplateResult {
  const { labels } = confusion;
  return html`
    <section class="card" aria-labelledby="confusion-title">
      <h2 id="confusion-title">
        ${labels.length <= mostLabels ? l10n.t('Truth and prediction') : l10n.t('Most frequent mix-ups')}
      </h2>
      ${labels.length <= mostLabels ? matrix(context, confusion) : mixUps(context, confusion)}
    </section>
  `;
}

function matrix(context: ViewContext, { labels, counts }: ConfusionView): TemplateResult {
  return html`
    <table class="confusion">
      <caption class="visually-hidden">
        ${l10n.t('Rows by truth and prediction')}
      </caption>
      <thead>
        <tr>
          <th scope="col" class="corner"><span class="muted">${l10n.t('truth ↓ prediction →')}</span></th>
          ${labels.map((label) => html`<th scope="col" class="number" title=${label}>${label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${labels.map((truth, row) => {
          const total = counts[row]!.reduce((sum, count) => sum + count, 0);
          return html`
            <tr>
              <th scope="row" title=${truth}>${truth}</th>
              ${labels.map((prediction, column) => {
                const count = counts[row]![column]!;
                const share = count / Math.max(1, total);
                return html`<td
                  class=${row === column ? 'hit' : 'miss'}
                  .style=${`--share: ${Math.round(100 * share)}%`}
                >
                  ${pairButton(context, truth, prediction, count)}
                </td>`;
              })}
            </tr>
          `;
        })}
      </tbody>
    </table>
  `;
}

function mixUps(context: ViewContext, { labels, counts }: ConfusionView): TemplateResult {
  const pairs = counts
    .flatMap((row, truth) => row.map((count, prediction) => ({ truth, prediction, count })))
    .filter(({ truth, prediction, count }) => truth !== prediction && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, mostMixUps);
  if (pairs.length === 0) return html`<p class="muted">${l10n.t('There are none: every row is right.')}</p>`;
  return html`
    <table class="confusion">
      <thead>
        <tr>
          <th scope="col">${l10n.t('Truth')}</th>
          <th scope="col">${l10n.t('Prediction')}</th>
          <th scope="col" class="number">${l10n.t('Rows')}</th>
        </tr>
      </thead>
      <tbody>
        ${pairs.map(
          ({ truth, prediction, count }) => html`
            <tr>
              <td title=${labels[truth]!}>${labels[truth]}</td>
              <td title=${labels[prediction]!}>${labels[prediction]}</td>
              <td class="miss">${pairButton(context, labels[truth]!, labels[prediction]!, count)}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

function pairButton(
  { state, query, ask }: ViewContext,
  truth: string,
  prediction: string,
  count: number,
): TemplateResult {
  if (count === 0) return html`<span class="muted">0</span>`;
  const isChosen = query.pair?.truth === truth && query.pair.prediction === prediction;
  return html`<button
    type="button"
    aria-pressed=${isChosen}
    aria-label=${l10n.t('{0} of {1} predicted as {2}', rowCount(count), truth, prediction)}
    title=${l10n.t('Show these rows')}
    @click=${() => {
      ask(
        isChosen
          ? { pair: undefined }
          : { pair: { truth, prediction }, filter: 'all', search: '', scope: state.metrics!.part },
      );
    }}
  >
    ${count.toLocaleString()}
  </button>`;
}
