import { fitColumnEncoder } from '../evaluation/baselines/column-encoder';
import { NetworkTraining } from '../networks/network-training';
import { SmallNetwork } from '../networks/small-network';
import { breather } from '../run/progress/breathe';
import { includedColumns } from '../run/task/split-rows';
import { parseNumber } from '../table/columns/parse-number';
import type { Cell } from '../table/table';
import { targetIndex } from './parted-rows';
import type { StudyInput } from './study';
import { meanOf } from './summary';

const hidden = 32;
const trainingSteps = 1000;

/** A small network (32 hidden units) that has learnt the training rows of a seed. */
export class TableNetwork {
  private constructor(
    private readonly network: SmallNetwork,
    /** Those of the training rows; none when a number is learnt. */
    readonly classes: readonly string[],
    /** Where the inputs of each column begin, by its index. */
    readonly inputOf: ReadonlyMap<number, number>,
    readonly encode: (cells: readonly Cell[]) => Float64Array,
    private readonly targetOf: (cells: readonly Cell[]) => Float64Array | undefined,
  ) {}

  static async train(input: StudyInput, seed: number): Promise<TableNetwork> {
    const { table, recipe } = input;
    const target = targetIndex(input);
    const train = input.parts(seed).train.map((row) => table.rows[row]!);
    const included = new Set(includedColumns(recipe));
    const encoders = table.columns
      .filter(({ name }) => included.has(name))
      .map((column) => {
        const cells = train.map((row) => row[column.index]!);
        return { index: column.index, encoder: fitColumnEncoder(column, cells) };
      });
    const inputOf = new Map<number, number>();
    let inputs = 0;
    for (const { index, encoder } of encoders) {
      inputOf.set(index, inputs);
      inputs += encoder.denseColumns;
    }
    const encode = (cells: readonly Cell[]): Float64Array => {
      const dense = new Float64Array(inputs);
      for (const { index, encoder } of encoders) encoder.writeDense(cells[index]!, dense, inputOf.get(index)!);
      return dense;
    };
    const classes =
      recipe.task === 'classification' ? [...new Set(train.flatMap((cells) => cells[target] ?? []))].sort() : [];
    const answerOf = classes.length > 0 ? oneHot(classes) : standardised(train.map((cells) => cells[target]!));
    const targetOf = (cells: readonly Cell[]): Float64Array | undefined => answerOf(cells[target]!);
    const random = input.random(seed, 'small network');
    const network = new SmallNetwork([inputs, hidden, Math.max(1, classes.length)], classes.length > 0, random);
    const known = train.flatMap((cells) => {
      const wanted = targetOf(cells);
      return wanted ? [{ row: encode(cells), wanted }] : [];
    });
    const learnt = { rows: known.map(({ row }) => row), targets: known.map(({ wanted }) => wanted) };
    const training = new NetworkTraining(network, learnt, random);
    const breathe = breather(undefined);
    for (let step = 0; step < trainingSteps; step++) {
      training.step();
      await breathe();
    }
    return new TableNetwork(network, classes, inputOf, encode, targetOf);
  }

  /** How the loss changes with each input, from some inputs of a row; undefined when the row has no known answer. */
  slopesFor(cells: readonly Cell[]): ((inputs: Float64Array) => Float64Array) | undefined {
    const wanted = this.targetOf(cells);
    return wanted && ((inputs) => this.network.slopes(inputs, wanted));
  }

  /** The class that it says of a row. */
  classOf(cells: readonly Cell[]): string {
    const said = this.network.predict(this.encode(cells));
    return this.classes[said.indexOf(Math.max(...said))]!;
  }

  /** What it says: a class, or a number in standard deviations from the mean; and what would be right. */
  answer(cells: readonly Cell[]): { readonly said: number; readonly right: number } | undefined {
    const wanted = this.targetOf(cells);
    if (!wanted) return undefined;
    const said = this.network.predict(this.encode(cells));
    if (this.classes.length === 0) return { said: said[0]!, right: wanted[0]! };
    return { said: said.indexOf(Math.max(...said)), right: wanted.indexOf(1) };
  }
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
