import { describe, expect, it } from 'vitest';
import { phrase } from '../../../src/core/foundation/phrase';
import { distributionChart } from '../../../src/core/report/distribution-chart';
import { boundaryPanels } from '../../../src/core/studies/report/boundary-panels';
import { dotChart } from '../../../src/core/studies/report/dot-chart';
import { escaped, htmlTable } from '../../../src/core/report/html';
import { englishReport } from '../../../src/core/report/report-language';
import { legend, lineChart } from '../../../src/core/studies/report/line-chart';
import type { ChartAxes } from '../../../src/core/studies/report/line-chart';
import { linearScale, logScale } from '../../../src/core/report/scale';
import { scatterChart } from '../../../src/core/report/scatter-chart';
import { wrappedText } from '../../../src/core/report/wrapped-text';
import { figuresTable } from '../../../src/core/studies/report/figures-table';
import { stylesOf } from '../../../src/core/studies/report/series-style';
import type { StudySeries } from '../../../src/core/studies/requests';
import { summarise } from '../../../src/core/studies/summary';
import type { ToldResult } from '../../../src/core/studies/told-results';

const line = (name: string, kind: StudySeries['kind'], values: Record<number, number>): StudySeries => ({
  name,
  kind,
  points: Object.entries(values).map(([x, mean]) => ({ x: Number(x), mean, deviation: 0.1, seeds: 3 })),
});

const axes: ChartAxes = { x: { label: phrase`rows`, scale: 'log' }, y: phrase`accuracy` };

describe('the scales of a plot', () => {
  it('hold all values between round numbers', () => {
    const { ticks, place } = linearScale([0.13, 0.87], 100, 0);
    expect(ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect([place(0), place(0.5), place(1)]).toEqual([100, 50, 0]);
    expect(linearScale([3, 3], 0, 10).ticks.length).toBeGreaterThan(1);
  });

  it('give a decade the same room wherever it is', () => {
    const { place } = logScale([10, 100, 1000], 0, 200);
    expect([place(10), place(100), place(1000)].map(Math.round)).toEqual([0, 100, 200]);
  });
});

describe('a plot', () => {
  it('has a line and a mark for each series, and tells each value', () => {
    const series = [line('LIFT', 'lift', { 10: 0.5, 100: 0.9 }), line('majority', 'baseline', { 10: 0.3, 100: 0.3 })];
    const svg = lineChart(series, axes, englishReport);
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg.match(/<circle/g)).toHaveLength(4);
    expect(svg).toContain('LIFT at 100: 0.9 ± 0.1 (3 seeds)');
    expect(svg).not.toContain('NaN');
    expect(legend(series, englishReport).match(/<li class/g)).toHaveLength(2);
  });

  it('shows lines of LIFT that lie on each other apart, above all others', () => {
    const values = { 10: 0.5, 100: 0.9 };
    const series = [line('real', 'lift', values), line('made', 'lift', values), line('majority', 'baseline', values)];
    const svg = lineChart(series, axes, englishReport);
    const dashes = [...svg.matchAll(/<polyline[^>]*stroke-width="([\d.]+)" stroke-dasharray="([^"]*)"/g)];
    expect(dashes.map(([, width]) => Number(width))).toEqual([1.5, 3, 3]);
    expect(new Set(dashes.map(([, , dash]) => dash)).size).toBe(3);
  });

  it('tells all baselines apart by their dashes where their colours are near each other', () => {
    const dashes = stylesOf(Array.from({ length: 7 }, () => ({ kind: 'baseline' as const }))).map(({ dash }) => dash);
    expect(new Set(dashes.slice(0, 5)).size).toBe(5);
    // The orange and the yellow one.
    expect(dashes[0]).not.toBe(dashes[6]);
  });

  it('shows baselines that categories concern in the lines of these, and a line of figures for each category', () => {
    const result = (x: string, lift: number, forest: number): ToldResult => ({
      id: `${x}-seed-0`,
      series: 'LIFT',
      x,
      seed: 0,
      metrics: { accuracy: lift },
      baselines: { 'random-forest': { accuracy: forest } },
      timing: {},
      run: '',
    });
    const results = [result('a tree', 0.7, 0.9), result('a line', 0.8, 0.5)];
    const told = summarise(results, { key: 'accuracy' }, { concernsBaselines: true });
    expect(told[1]!.points.map(({ x, mean }) => [x, mean])).toEqual([
      ['a tree', 0.9],
      ['a line', 0.5],
    ]);
    const axis = { label: phrase`teacher`, scale: 'category', concernsBaselines: true } as const;
    const table = figuresTable(told, axis, phrase`accuracy`, englishReport);
    expect(table).toContain('<th scope="row">a tree</th><td>0.700</td><td>0.900</td>');
    const labels = [...dotChart(told, phrase`accuracy`, englishReport).matchAll(/class="label"[^>]*>([^<]*)</gu)];
    expect(labels.map(([, text]) => text)).toEqual(['a tree', 'a line', 'accuracy']);
    expect(dotChart(told, phrase`accuracy`, englishReport, phrase`teacher`)).toMatch(/class="tick"[^>]*>teacher</u);
    // Fewer categories than methods stand side by side.
    const three = [...told, { ...told[1]!, name: 'decision-tree' }];
    const turned = figuresTable(three, axis, phrase`accuracy`, englishReport);
    expect(turned).toContain('<th scope="col">a tree</th><th scope="col">a line</th>');
    expect(turned).toContain('<th scope="row">LIFT</th><td>0.700</td><td>0.800</td>');
    // Otherwise all that a baseline reached is one figure.
    const [, one] = summarise(results, { key: 'accuracy' }, {});
    expect(one!.points).toMatchObject([{ mean: 0.7, seeds: 2 }]);
  });

  it('writes the names of values as far as there is room', () => {
    const chart = (labels: string[]): string[] => {
      const shares = labels.map(() => 0.1);
      const svg = distributionChart(
        { name: 'species', labels, real: shares, made: shares, isNumeric: false },
        englishReport,
      );
      return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text!);
    };
    expect(chart(['setosa', 'versicolor', 'virginica'])).toEqual(['setosa', 'versicolor', 'virginica']);
    const many = chart(Array.from({ length: 12 }, (_, place) => `versicolor ${place}`));
    for (const text of many) expect(text.length).toBeLessThan(5);
  });

  it('shows categories as lines of dots', () => {
    const points = [{ x: 'a & b', mean: 0.7, deviation: 0, seeds: 1 }];
    const svg = dotChart([{ name: 'LIFT', kind: 'lift', points }], phrase`accuracy`, englishReport);
    expect(svg).toContain('a &amp; b');
    expect(svg.match(/<circle/g)).toHaveLength(1);
  });

  it('gives each baseline a line of dots of its own, under its name', () => {
    const dot = (x: string, mean: number): StudySeries['points'][number] => ({ x, mean, deviation: 0, seeds: 1 });
    const svg = dotChart(
      [
        { name: 'LIFT', kind: 'lift', points: [dot('one way', 0.7), dot('another', 0.8)] },
        { name: 'majority', kind: 'baseline', points: [dot('the baselines', 0.3)] },
        { name: 'rbf-svm', kind: 'baseline', points: [dot('the baselines', 0.9)] },
      ],
      phrase`accuracy`,
      englishReport,
    );
    const names = [...svg.matchAll(/text-anchor="end"[^>]*>([^<]*)</g)].map(([, name]) => name);
    expect(names).toEqual(['one way', 'another', 'Majority class', 'RBF support-vector machine']);
    expect(svg).toContain('<title>RBF support-vector machine: 0.9</title>');
  });

  it('breaks the names of categories into lines, so that none is cut off', () => {
    const name = 'compact: letters and numbers only: short prompts for the embedded model';
    const point = { x: name, mean: 0.7, deviation: 0, seeds: 1 };
    const svg = dotChart([{ name: 'LIFT', kind: 'lift', points: [point] }], phrase`accuracy`, englishReport);
    const lines = [...svg.matchAll(/ x="([\d.]+)" y="([\d.]+)" text-anchor="end"[^>]*>([^<]*)</g)];
    expect(lines.map(([, , , text]) => text).join(' ')).toBe(name);
    for (const [, right, , text] of lines) expect(7.4 * text!.length).toBeLessThan(Number(right));
    expect(new Set(lines.map(([, , y]) => y)).size).toBe(lines.length);
  });

  it('breaks a name that is one long word', () => {
    expect(wrappedText('a models/of-a-folder', 8)).toEqual(['a', 'models/o', 'f-a-fold', 'er']);
    expect(wrappedText('one two', 8)).toEqual(['one two']);
  });

  it('leaves room for large numbers beside its axis', () => {
    const points = [1e5, 9e5].map((y) => ({ x: 1, y }));
    const svg = scatterChart(points, { x: phrase`x`, y: phrase`y` }, englishReport);
    const ticks = [...svg.matchAll(/ x="([\d.]+)"[^>]*text-anchor="end"[^>]*>([^<]*)</g)];
    expect(ticks.map(([, , text]) => text)).toContain('800,000');
    for (const [, right, text] of ticks) expect(7 * text!.length).toBeLessThan(Number(right));
  });

  it('shows planes with neighbours of one class together', () => {
    const labels = ['a', 'a', 'b', 'a', 'b', 'b', 'b', 'b', 'b'];
    const html = boundaryPanels([{ name: 'LIFT', labels }], { side: 3, x: [0, 1], y: [0, 1], dots: [] });
    expect(html.match(/height="1"/g)).toHaveLength(5);
  });
});

it('never takes the text of a table for HTML', () => {
  expect(escaped('<img src=x onerror="a">')).toBe('&lt;img src=x onerror=&quot;a&quot;&gt;');
  expect(htmlTable(['<b>'], [['<i>', '&']])).not.toMatch(/<b>|<i>/);
});
