import { parseNumber } from '../../table/columns/parse-number';
import type { Cell, Column } from '../../table/table';
import { numericFeatures } from '../numeric-features';
import type { StudyInput } from '../study';
import { meanOf } from '../summary';
import { TableNetwork } from '../table-network';

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
    private readonly network: TableNetwork,
    private readonly columns: readonly NumberColumn[],
  ) {}

  /** Trains the network on the training rows of a seed. */
  static async train(input: StudyInput, seed: number): Promise<Adversary> {
    const network = await TableNetwork.train(input, seed);
    const train = input.parts(seed).train.map((row) => input.table.rows[row]!);
    const columns = numericFeatures(input).map((column): NumberColumn => {
      const numbers = train.flatMap((cells) => parseNumber(cells[column.index] ?? '') ?? []);
      const [low, high] = numbers.length === 0 ? [0, 0] : [Math.min(...numbers), Math.max(...numbers)];
      const deviation = numbers.length === 0 ? 0 : meanOf(numbers).deviation;
      return { column, input: network.inputOf.get(column.index)!, deviation, low, high };
    });
    return new Adversary(network, columns);
  }

  /**
   * Changes the numbers of a row within `reach` standard deviations of their columns, and within what the training rows have, so
   * that the network is as wrong as can be: projected gradient steps along the signs of the slopes (Madry et al., 2018). A row
   * whose answer is not known stays as it is.
   */
  attack(cells: Cell[], reach: number): void {
    const slopesFrom = this.network.slopesFor(cells);
    if (!slopesFrom || reach === 0) return;
    const start = this.network.encode(cells);
    const row = start.slice();
    for (let step = 0; step < attackSteps; step++) {
      const slopes = slopesFrom(row);
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

  /** What the network itself says: see there. */
  answer(cells: readonly Cell[]): ReturnType<TableNetwork['answer']> {
    return this.network.answer(cells);
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
