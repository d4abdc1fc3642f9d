import { html } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

interface ChartCard {
  /** Of the heading, unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What a reader who cannot see the chart is told. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly chart: readonly SVGTemplateResult[];
  readonly words: TemplateResult;
}

/** A chart beside the words that explain it, under a heading. */
export function chartCard({ id, title, label, width, height, chart, words }: ChartCard): TemplateResult {
  return html`
    <section class="card" aria-labelledby=${id}>
      <h2 id=${id}>${title}</h2>
      <div class="chart-and-words">
        <svg
          class="chart"
          viewBox="0 0 ${width} ${height}"
          width=${width}
          height=${height}
          role="img"
          aria-label=${label}
        >
          ${chart}
        </svg>
        <div class="words">${words}</div>
      </div>
    </section>
  `;
}
