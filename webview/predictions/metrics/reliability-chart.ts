import { html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { ReliabilityPoint } from '../../../src/shared/predictions-view';
import { l10n } from '../../common/l10n';
import { percent, rowCount } from '../format';
import { chartCard } from './chart-card';

const size = 116;
const margin = { left: 34, bottom: 30, top: 6, right: 8 };
const width = margin.left + size + margin.right;
const height = margin.top + size + margin.bottom;

const x = (share: number): number => margin.left + share * size;
const y = (share: number): number => margin.top + (1 - share) * size;

/** Whether the confidence can be believed: of rows with 80 % confidence, 80 % should be right. */
export function reliabilityChart(points: readonly ReliabilityPoint[]): TemplateResult {
  const most = Math.max(...points.map(({ count }) => count));
  const path = points.map(({ confidence, accuracy }) => `${x(confidence)},${y(accuracy)}`).join(' ');
  const frame = svg`
    ${[0, 0.5, 1].map(
      (share) => svg`
        <line class="grid-line" x1=${x(0)} x2=${x(1)} y1=${y(share)} y2=${y(share)} />
        <text class="tick" x=${margin.left - 4} y=${y(share) + 4} text-anchor="end">${100 * share}</text>
        <text class="tick" x=${x(share)} y=${y(0) + 13} text-anchor="middle">${100 * share}</text>
      `,
    )}
    <line class="ideal" x1=${x(0)} y1=${y(0)} x2=${x(1)} y2=${y(1)} />
    <text class="tick" x=${x(0.5)} y=${height - 3} text-anchor="middle">${l10n.t('confidence, %')}</text>
    <text class="tick" transform="translate(9 ${y(0.5)}) rotate(-90)" text-anchor="middle">${l10n.t('right, %')}</text>
  `;
  const curve = svg`
    <polyline class="curve" points=${path} />
    ${points.map(
      ({ confidence, accuracy, count }) => svg`
        <circle class="point" cx=${x(confidence)} cy=${y(accuracy)} r=${2.5 + 3.5 * Math.sqrt(count / most)}>
          <title>${l10n.t('{0}: confidence {1}, right {2}', rowCount(count), percent(confidence), percent(accuracy))}</title>
        </circle>`,
    )}
  `;
  return chartCard({
    id: 'reliability-title',
    title: l10n.t('Can the confidence be believed?'),
    label: l10n.t('Share of right predictions by confidence; the table has the numbers'),
    width,
    height,
    chart: [frame, curve],
    words: html`
      <p class="muted">
        ${l10n.t('Of rows with {0} % confidence {0} % should be right. Points below the dashed line: too sure. Larger points: more rows.', 80)}
      </p>
      <details>
        <summary>${l10n.t('As a table')}</summary>
        ${table(points)}
      </details>
    `,
  });
}

function table(points: readonly ReliabilityPoint[]): TemplateResult {
  return html`
    <table>
      <thead>
        <tr>
          <th scope="col" class="number">${l10n.t('Confidence')}</th>
          <th scope="col" class="number">${l10n.t('Were right')}</th>
          <th scope="col" class="number">${l10n.t('Rows')}</th>
        </tr>
      </thead>
      <tbody>
        ${points.map(
          ({ confidence, accuracy, count }) => html`
            <tr>
              <td class="number">${percent(confidence)}</td>
              <td class="number">${percent(accuracy)}</td>
              <td class="number">${count.toLocaleString()}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}
