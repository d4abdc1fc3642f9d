import { fitColumnEncoder } from '../../evaluation/baselines/column-encoder';
import { breather } from '../../run/progress/breathe';
import { includedColumns } from '../../run/task/split-rows';
import { parseNumber } from '../../table/columns/parse-number';
import type { Cell, Column } from '../../table/table';
import { numericFeatures } from '../kinds/feature-noise';
import { targetIndex } from '../parted-rows';
import type { StudyInput } from '../study';
import { meanOf } from '../summary';
import { SmallNetwork } from './small-network';

const trainingSteps = 1000;
/** Steps of the attack, each a quarter of the way that is allowed, as the paper's attack goes many small steps. */
const attackSteps = 10;
const stepShare = 0.25;

interface NumberColumn {
  readonly column: Column;
  /** Its place among the inputs of the network. */
  readonly input: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

/** A small network that has learnt the table, and knows by which small changes of the numbers it is misled most. */
export class Adversary {
  private constructor(
    private readonly network: SmallNetwork,
    private readonly encode: (cells: readonly Cell[]) => Float64Array,
    private readonly targetOf: (cell: Cell) => Float64Array | undefined,
    private readonly columns: readonly NumberColumn[],
    private readonly classes: readonly string[],
    private readonly target: number,
  ) {}

  /** Trains the network on the training rows of a seed. */
  static async train(input: StudyInput, seed: number): Promise<Adversary> {
    const { table, recipe } = input;
    const target = targetIndex(input);
    const train = input.parts(seed).train.map((row) => table.rows[row]!);
    const included = new Set(includedColumns(recipe));
    const encoders = table.columns
      .filter(({ name }) => included.has(name))
      .map((column) => ({
        column,
        encoder: fitColumnEncoder(
          column,
          train.map((cells) => cells[column.index]!),
        ),
      }));
    const starts = new Map<number, number>();
    let inputs = 0;
    for (const { column, encoder } of encoders) {
      starts.set(column.index, inputs);
      inputs += encoder.denseColumns;
    }
    const encode = (cells: readonly Cell[]): Float64Array => {
      const dense = new Float64Array(inputs);
      for (const { column, encoder } of encoders)
        encoder.writeDense(cells[column.index]!, dense, starts.get(column.index)!);
      return dense;
    };
    const columns = numericFeatures(input).map((column): NumberColumn => {
      const numbers = train.flatMap((cells) => parseNumber(cells[column.index] ?? '') ?? []);
      const [low, high] = numbers.length === 0 ? [0, 0] : [Math.min(...numbers), Math.max(...numbers)];
      const deviation = numbers.length === 0 ? 0 : meanOf(numbers).deviation;
      return { column, input: starts.get(column.index)!, deviation, low, high };
    });
    const classes =
      recipe.task === 'classification' ? [...new Set(train.flatMap((cells) => cells[target] ?? []))].sort() : [];
    const targetOf = classes.length > 0 ? oneHot(classes) : standardised(train.map((cells) => cells[target]!));
    const random = input.random(seed, 'small network');
    const network = new SmallNetwork(inputs, Math.max(1, classes.length), classes.length > 0, random);
    const known = train.flatMap((cells) => {
      const wanted = targetOf(cells[target]!);
      return wanted ? [{ row: encode(cells), wanted }] : [];
    });
    const [rows, targets] = [known.map(({ row }) => row), known.map(({ wanted }) => wanted)];
    await network.train(rows, targets, trainingSteps, random, breather(undefined));
    return new Adversary(network, encode, targetOf, columns, classes, target);
  }

  /**
   * Changes the numbers of a row within `reach` standard deviations of their columns, and within what the training rows have, so
   * that the network is as wrong as can be: projected gradient steps along the signs of the slopes (Madry et al., 2018). A row
   * whose answer is not known stays as it is.
   */
  attack(cells: Cell[], reach: number): void {
    const wanted = this.targetOf(cells[this.target]!);
    if (!wanted || reach === 0) return;
    const start = this.encode(cells);
    const row = start.slice();
    for (let step = 0; step < attackSteps; step++) {
      const slopes = this.network.slopes(row, wanted);
      for (const { input } of this.columns) {
        const moved = row[input]! + stepShare * reach * Math.sign(slopes[input]!);
        row[input] = Math.min(start[input]! + reach, Math.max(start[input]! - reach, moved));
      }
    }
    for (const { column, input, ...range } of this.columns) {
      move(cells, column, (row[input]! - start[input]!) * range.deviation, range);
    }
  }

  /** Changes the numbers of a row by as much, up or down at random. */
  disturb(cells: Cell[], reach: number, random: () => number): void {
    for (const { column, deviation, ...range } of this.columns) {
      move(cells, column, (random() < 0.5 ? -1 : 1) * reach * deviation, range);
    }
  }

  /** What the network itself says: a class, or a number in standard deviations from the mean; and what would be right. */
  answer(cells: readonly Cell[]): { readonly said: number; readonly right: number } | undefined {
    const wanted = this.targetOf(cells[this.target]!);
    if (!wanted) return undefined;
    const said = this.network.predict(this.encode(cells));
    if (this.classes.length === 0) return { said: said[0]!, right: wanted[0]! };
    return { said: said.indexOf(Math.max(...said)), right: wanted.indexOf(1) };
  }
}

/** Adds to a number, within the range, with no more digits than the column has and never farther than was said. */
function move(
  cells: Cell[],
  { index, numeric }: Column,
  by: number,
  { low, high }: { readonly low: number; readonly high: number },
): void {
  const value = parseNumber(cells[index] ?? '');
  if (value === undefined) return;
  const decimals = Math.min(20, numeric?.decimals ?? 4);
  const unit = 10 ** decimals;
  const within = Math.min(Math.max(value, high), Math.max(Math.min(value, low), value + by));
  cells[index] = (value + Math.trunc((within - value) * unit) / unit).toFixed(decimals);
}

function oneHot(classes: readonly string[]): (cell: Cell) => Float64Array | undefined {
  const places = new Map<Cell, number>(classes.map((label, place) => [label, place]));
  return (cell) => {
    const place = places.get(cell);
    return place === undefined ? undefined : Float64Array.from(classes, (_, index) => (index === place ? 1 : 0));
  };
}

function standardised(answers: readonly Cell[]): (cell: Cell) => Float64Array | undefined {
  const { mean, deviation } = meanOf(answers.flatMap((cell) => parseNumber(cell ?? '') ?? []));
  return (cell) => {
    const value = parseNumber(cell ?? '');
    return value === undefined ? undefined : Float64Array.of((value - mean) / (deviation || 1));
  };
}
