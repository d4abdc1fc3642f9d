import { Random } from '../foundation/random';
import { Generator } from '../inference/generator';
import type { RunContext } from '../run/events';
import type { StageReport } from '../run/progress/stage-clock';
import type { Cell } from '../table/table';
import type { Condition } from './conditions';
import { columnOrder } from './generator-model';
import type { GeneratorModel } from './generator-model';

/** Rows that are written side by side. */
const batchRows = 64;
/** When copies are dropped: so many rows are written for each that is asked for, before it is given up. */
const mostTries = 5;

export interface MakeOptions {
  readonly rows: number;
  readonly temperature: number;
  readonly seed: number;
  readonly conditions: readonly Condition[];
  /** Whether a row is a copy of a training row. */
  readonly isCopy: (cells: readonly Cell[]) => boolean;
  readonly dropCopies: boolean;
}

export interface MadeRows {
  /** Cells in the order of the generator's columns. */
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows that were written are copies of training rows. */
  readonly copies: number;
  readonly written: number;
}

/**
 * Writes rows, token by token, each token one that the language allows at its place: no row can be anything but valid.
 * @throws LiftError `cancelled`, `prompt-too-long` when a row does not fit the model
 */
export async function makeRows(
  { trained, language }: GeneratorModel,
  options: MakeOptions,
  { signal, threads }: RunContext,
  report: StageReport,
): Promise<MadeRows> {
  const generator = await Generator.open(trained.model, { trained: trained.trained, threads });
  const rows: (readonly Cell[])[] = [];
  let [copies, written] = [0, 0];
  try {
    while (rows.length < options.rows && written < options.rows * mostTries) {
      const count = Math.min(batchRows, options.rows - rows.length);
      const batch = await writeBatch(generator, language, options, written, count, signal);
      written += count;
      for (const cells of batch) {
        const isCopy = options.isCopy(cells);
        if (isCopy) copies++;
        if (!isCopy || !options.dropCopies) rows.push(cells);
      }
      report(rows.length / options.rows);
    }
  } finally {
    await generator.close();
  }
  return { rows, copies, written };
}

async function writeBatch(
  generator: Generator,
  language: GeneratorModel['language'],
  { conditions, seed, temperature }: MakeOptions,
  first: number,
  count: number,
  signal: AbortSignal | undefined,
): Promise<Cell[][]> {
  const { columns } = language;
  const given = conditions.map(({ place }) => place);
  const asked = Array.from({ length: count }, (_, index) => {
    const random = Random.derive(seed, `generated row ${first + index}`);
    const order = columnOrder(columns.length, given, random);
    return { random, reader: language.reader(order.slice(given.length)) };
  });
  const prompt = language.prompt(conditions);
  await generator.generate(
    asked.map(({ random }) => ({ prompt, random })),
    {
      temperature,
      maxTokens: language.longest,
      signal,
      allowed: (tokens, row) => {
        const { reader } = asked[row]!;
        reader.follow(tokens);
        return reader.allowed();
      },
      stop: (tokens, row) => {
        const { reader } = asked[row]!;
        reader.follow(tokens);
        return reader.isWhole;
      },
    },
  );
  return asked.map(({ reader }) => {
    const told = new Map(conditions.map(({ place, cell }) => [place, cell]));
    return columns.map((column, place) => {
      // What was asked for stands as it was written.
      const cell = told.get(place);
      return cell === undefined ? column.cellOf(reader.texts.get(place)!) : cell;
    });
  });
}
