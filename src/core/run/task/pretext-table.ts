import { Random } from '../../foundation/random';
import { parseNumber } from '../../table/columns/parse-number';
import type { Cell, Column, Table } from '../../table/table';
import { restrictTable } from '../folder/examples-file';
import type { FittedTask } from './prepare-task';

/**
 * A made-up table like that of a task, for two-stage fine-tuning (LIFT paper): the same columns and classes, or the same
 * range of the answers, but another relation between them. Classes are clouds around corners of a cube, one standard deviation
 * from the middle as in the paper's generator, each around its own; numbers are linear in the features. Numbers lie in the range
 * of their column, categories are those of the training rows.
 * @param number of the pretext task, from 1: each has a relation of its own
 */
export function pretextTable(task: FittedTask, number: number, rows: number): Table {
  const { table, recipe, fit } = task;
  const random = Random.derive(recipe.training.seed, `pretext ${number}`);
  const target = table.columns.find(({ name }) => name === recipe.target.column)!;
  const features = recipe.features.flatMap(({ column, include }) =>
    include ? (table.columns.find(({ name }) => name === column) ?? []) : [],
  );
  const writers = new Map([...features, target].map((column) => [column.index, cellWriter(task.examples, column)]));
  const { centres, deviation } = classCentres(fit.classes.length, features.length, random);
  const weights = features.map(() => random.normal() / Math.sqrt(features.length));
  const made = Array.from({ length: rows }, (_, row) => {
    const label = row % Math.max(1, centres.length);
    const cells: Cell[] = table.columns.map(() => null);
    let sum = 0;
    features.forEach(({ index }, place) => {
      const value = (centres[label]?.[place] ?? 0) + deviation * random.normal();
      sum += weights[place]! * value;
      cells[index] = writers.get(index)!(value);
    });
    cells[target.index] = recipe.task === 'classification' ? fit.classes[label]! : writers.get(target.index)!(sum);
    return cells;
  });
  const places = made.map((_, row) => row % task.examples.rows.length);
  return { ...restrictTable(task.examples, places), rows: random.shuffle(made) };
}

/**
 * Random points of a lattice on [−1, 1]ⁿ, one for each class, and how far values lie from them (a standard deviation, half the
 * way to the next point). The lattice is the corners of the cube where they suffice: of two classes around one corner nothing
 * could be learnt.
 */
function classCentres(classes: number, features: number, random: Random): { centres: number[][]; deviation: number } {
  const steps = Math.max(1, Math.ceil(classes ** (1 / features)) - 1);
  const centres = new Map<string, number[]>();
  while (centres.size < classes) {
    const centre = Array.from({ length: features }, () => (2 * random.below(steps + 1)) / steps - 1);
    centres.set(centre.join(' '), centre);
  }
  return { centres: [...centres.values()], deviation: 1 / steps };
}

/** Writes a normal number as a cell of a column: its place in the range, or in the list of what there is. */
function cellWriter({ rows }: Table, column: Column): (value: number) => string {
  const cells = rows.flatMap((row) => row[column.index] ?? []);
  const numbers = cells.flatMap((cell) => parseNumber(cell) ?? []);
  const share = (value: number): number => 1 / (1 + Math.exp(-value));
  if ((column.type === 'number' || column.type === 'integer') && numbers.length > 0) {
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const decimals = Math.min(20, column.numeric?.decimals ?? 0);
    return (value) => (low + share(value) * (high - low)).toFixed(decimals);
  }
  const values = [...new Set(cells)].sort();
  return (value) => values[Math.min(values.length - 1, Math.floor(share(value) * values.length))] ?? '';
}
