import { phrase } from '../foundation/phrase';
import type { Distribution } from '../report/distribution-chart';
import type { ReportLanguage } from '../report/report-language';
import { parseNumber } from '../table/columns/parse-number';
import type { Cell } from '../table/table';
import { countsAsNumber } from './counts-as-number';
import type { GeneratedColumn } from './generated-column';

const bins = 12;
const mostValues = 6;

type Rows = readonly (readonly Cell[])[];

/**
 * How often what stands in each column of real and of made rows: numbers by stretches, words and few numbers the most
 * frequent first.
 */
export function distributionsOf(
  columns: readonly GeneratedColumn[],
  made: Rows,
  real: Rows,
  language: ReportLanguage,
): Distribution[] {
  return columns.map((column, place): Distribution => {
    const [ofReal, ofMade] = [real, made].map((rows) => rows.map((cells) => cells[place]!)) as [Cell[], Cell[]];
    const { name } = column;
    return (countsAsNumber(column) ? ofNumbers : ofWords)(name, ofReal, ofMade, language);
  });
}

function ofNumbers(name: string, real: readonly Cell[], made: readonly Cell[], language: ReportLanguage): Distribution {
  const numbersIn = (cells: readonly Cell[]): number[] => cells.flatMap((cell) => parseNumber(cell ?? '') ?? []);
  const [left, right] = [numbersIn(real), numbersIn(made)];
  const both = [...left, ...right];
  const low = both.reduce((a, b) => Math.min(a, b), Infinity);
  const size = (both.reduce((a, b) => Math.max(a, b), -Infinity) - low) / bins || 1;
  const shares = (numbers: readonly number[]): number[] => {
    const counts = new Array<number>(bins).fill(0);
    for (const number of numbers) counts[Math.min(bins - 1, Math.floor((number - low) / size))]! += 1 / numbers.length;
    return counts;
  };
  const edgeText = (value: number): string => language.written(String(Number(value.toPrecision(3))));
  const labels = Array.from({ length: bins }, (_, bin) =>
    bin === bins - 1 ? edgeText(low + bins * size) : edgeText(low + bin * size),
  );
  return { name, labels, real: shares(left), made: shares(right), isNumeric: true };
}

function ofWords(name: string, real: readonly Cell[], made: readonly Cell[], language: ReportLanguage): Distribution {
  const counts = new Map<Cell, number>();
  for (const cell of real) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).map(([cell]) => cell);
  const shown = frequent.slice(0, mostValues);
  const shares = (cells: readonly Cell[]): number[] => {
    const own = shown.map((value) => cells.filter((cell) => cell === value).length / cells.length);
    const others = Math.max(0, 1 - own.reduce((sum, share) => sum + share, 0));
    return frequent.length > shown.length ? [...own, others] : own;
  };
  const others = frequent.length > shown.length ? [language.say(phrase`others`)] : [];
  const labels = [...shown.map((cell) => cell ?? language.say(phrase`(missing)`)), ...others];
  return { name, labels, real: shares(real), made: shares(made), isNumeric: false };
}
