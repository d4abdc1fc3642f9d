import { phrase } from '../foundation/phrase';
import type { Phrase } from '../foundation/phrase';
import { escaped } from './html';
import type { ReportLanguage } from './report-language';

/** How often each of some values stands in real and in made rows. */
export interface Distribution {
  readonly name: string;
  readonly labels: readonly string[];
  /** Shares, 0 to 1, one a label. */
  readonly real: readonly number[];
  readonly made: readonly number[];
  /** Whether the labels are stretches of numbers: then only the first and the last are written. */
  readonly isNumeric: boolean;
}

const [width, height] = [260, 150];
const edge = { left: 4, right: 4, top: 6, bottom: 22 };
/** Of a letter at its usual width, in the units of the plot. */
const letterWidth = 6.6;

/** Two bars for each value as SVG: real rows, and made ones beside them. */
export function distributionChart(
  { name, labels, real, made, isNumeric }: Distribution,
  language: ReportLanguage,
): string {
  const highest = Math.max(...real, ...made, 1e-9);
  const step = (width - edge.left - edge.right) / labels.length;
  const bottom = height - edge.bottom;
  const bars = labels.map((label, index) => {
    const bar = (share: number, left: number, colour: string, origin: Phrase): string => {
      const tall = (share / highest) * (bottom - edge.top);
      const title = `${language.say(origin)}: ${language.percent(share)} ${label}`;
      return `<rect x="${left.toFixed(1)}" y="${(bottom - tall).toFixed(1)}" width="${(0.42 * step).toFixed(1)}" height="${tall.toFixed(1)}" fill="${colour}"><title>${escaped(title)}</title></rect>`;
    };
    const left = edge.left + index * step;
    return (
      bar(real[index]!, left + 0.06 * step, 'var(--own-1)', phrase`real`) +
      bar(made[index]!, left + 0.52 * step, 'var(--own-2)', phrase`made`)
    );
  });
  const mostLetters = Math.max(2, Math.floor(step / letterWidth));
  const texts = labels.map((label, index) => {
    if (isNumeric && index > 0 && index < labels.length - 1) return '';
    const anchor = !isNumeric ? 'middle' : index === 0 ? 'start' : 'end';
    const place = !isNumeric ? edge.left + (index + 0.5) * step : index === 0 ? edge.left : width - edge.right;
    const text = label.length > mostLetters && !isNumeric ? `${label.slice(0, mostLetters - 1)}…` : label;
    return `<text class="tick" x="${place.toFixed(1)}" y="${height - 7}" text-anchor="${anchor}">${escaped(text)}<title>${escaped(label)}</title></text>`;
  });
  return (
    `<figure><figcaption>${escaped(name)}</figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(language.say(phrase`Values of ${name} in real and in made rows`))}">` +
    `<line class="grid" x1="${edge.left}" x2="${width - edge.right}" y1="${bottom}" y2="${bottom}"/>${bars.join('')}${texts.join('')}</svg></figure>`
  );
}
