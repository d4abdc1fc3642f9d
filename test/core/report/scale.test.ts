import { expect, it } from 'vitest';
import { englishReport, ReportLanguage } from '../../../src/core/report/report-language';
import { linearScale, tickText } from '../../../src/core/report/scale';

const german = new ReportLanguage({ language: 'de', texts: {} });

it('writes the ticks of an axis apart, however near they are to each other', () => {
  const { ticks } = linearScale([166.32, 166.57], 0, 100);
  const texts = ticks.map((tick) => tickText(tick, englishReport));
  expect(new Set(texts).size).toBe(ticks.length);
  expect(texts).toContain('166.55');
});

it('writes numbers as the language of the report does', () => {
  const numbers = [0.25, 12_345, 0.00025, -3];
  expect(numbers.map((value) => tickText(value, englishReport))).toEqual(['0.25', '12,345', '3e-4', '-3']);
  expect(numbers.map((value) => tickText(value, german))).toEqual(['0,25', '12.345', '3e-4', '-3']);
  expect(german.fixed(0.5, 3)).toBe('0,500');
  expect(german.percent(0.123)).toBe('12,3 %');
});
