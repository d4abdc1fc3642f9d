import { html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { ResidualPoint, ResidualsView } from '../../../src/shared/predictions-view';
import { l10n } from '../../common/l10n';
import { percent, shortNumber } from '../format';
import type { ViewContext } from '../view-context';
import { chartCard } from './chart-card';

const margin = { left: 44, right: 8, top: 8, bottom: 30 };
const plot = { width: 260, height: 116 };
const width = margin.left + plot.width + margin.right;
const height = margin.top + plot.height + margin.bottom;

/** The error of each row over its prediction: a slope or a fan shows what the model has not learnt. */
export function residualChart(
  context: ViewContext,
  { points, coverage }: ResidualsView,
  promised: number,
): TemplateResult {
  const predictions = points.map(({ prediction }) => prediction);
  const [low, high] = spread(Math.min(...predictions), Math.max(...predictions));
  const most = Math.max(...points.map(({ error }) => Math.abs(error)), Number.MIN_VALUE);
  const x = (value: number): number => margin.left + ((value - low) / (high - low)) * plot.width;
  const y = (value: number): number => margin.top + (0.5 - value / (2.1 * most)) * plot.height;
  const frame = svg`
    ${[-most, 0, most].map(
      (value) => svg`
        <line class=${value === 0 ? 'ideal' : 'grid-line'} x1=${x(low)} x2=${x(high)} y1=${y(value)} y2=${y(value)} />
        <text class="tick" x=${margin.left - 4} y=${y(value) + 4} text-anchor="end">${signed(value)}</text>`,
    )}
    ${[low, high].map(
      (value, end) =>
        svg`<text class="tick" x=${x(value)} y=${margin.top + plot.height + 13} text-anchor=${end ? 'end' : 'start'}>${shortNumber(value).replace('-', '−')}</text>`,
    )}
    <text class="tick" x=${x((low + high) / 2)} y=${height - 3} text-anchor="middle">${l10n.t('prediction')}</text>
    <text class="tick" transform="translate(9 ${y(0)}) rotate(-90)" text-anchor="middle">${l10n.t('error')}</text>
  `;
  return chartCard({
    id: 'residuals-title',
    title: l10n.t('Errors'),
    label: l10n.t('Error of each row over its prediction; the rows below have the numbers, sortable by error'),
    width,
    height,
    chart: [frame, ...points.map((point) => mark(context, point, x(point.prediction), y(point.error)))],
    words: html`
      <p class="muted">
        ${l10n.t('Above the dashed line the prediction is too high, below it too low. A cross lies outside of its interval.')}
      </p>
      ${
        coverage === undefined
          ? nothing
          : html`<p>
              ${l10n.t('{0} of the truths lie in their interval; {1} % are promised.', percent(coverage), Math.round(100 * promised))}
            </p>`
      }
    `,
  });
}

/** A click goes to the row; by keyboard the rows are reached in the grid. */
function mark(
  { revealRow }: ViewContext,
  { row, verdict, error }: ResidualPoint,
  x: number,
  y: number,
): SVGTemplateResult {
  const go = (): void => {
    revealRow(row);
  };
  const title = svg`<title>${l10n.t('Row {0}: error {1}', (row + 1).toLocaleString(), signed(error))}</title>`;
  return verdict === 'wrong'
    ? svg`<path class="point outside" d="M${x - 3} ${y - 3}l6 6m0-6l-6 6" @click=${go}>${title}</path>`
    : svg`<circle class="point" cx=${x} cy=${y} r="2.5" @click=${go}>${title}</circle>`;
}

function spread(low: number, high: number): readonly [number, number] {
  return low < high ? [low, high] : [low - 1, high + 1];
}

function signed(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${shortNumber(Math.abs(value))}`;
}
