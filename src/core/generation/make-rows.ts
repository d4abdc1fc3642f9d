import { Random } from '../foundation/random';
import { Generator } from '../inference/generator';
import type { RunContext } from '../run/events';
import type { StageReport } from '../run/progress/stage-clock';
import type { Cell } from '../table/table';
import type { Condition } from './conditions';
import type { KnownRows } from './copies';
import type { GeneratorModel } from './generator-model';

/** Rows that are written side by side. */
const batchRows = 64;
/** So many rows are written for each that is asked for, before it is given up: copies are dropped. */
const mostTries = 5;

export interface MakeOptions {
  readonly rows: number;
  readonly temperature: number;
  readonly seed: number;
  readonly conditions: readonly Condition[];
  /** The training rows, which made ones may be copies of: no more often than they are of one another. */
  readonly known: KnownRows;
  /** Not even so often. */
  readonly dropCopies: boolean;
}

export interface MadeRows {
  /** Cells in the order of the generator's columns. */
  readonly rows: readonly (readonly Cell[])[];
  /** How many of them are copies of training rows. */
  readonly copies: number;
  /** How many rows were written, and how many of these are copies, most of them dropped. */
  readonly written: number;
  readonly copiesWritten: number;
}

/**
 * Writes rows, token by token, each token one that the language allows at its place: no row can be anything but valid.
 * @throws LiftError `cancelled`, `prompt-too-long` when a row does not fit the model
 */
export async function makeRows(
  { trained, language, order }: GeneratorModel,
  options: MakeOptions,
  { signal, threads }: RunContext,
  report: StageReport,
): Promise<MadeRows> {
  const generator = await Generator.open(trained.model, { trained: trained.trained, threads });
  const { known, dropCopies } = options;
  const mostCopies = dropCopies ? 0 : known.copiesAmong(options.rows);
  const rows: (readonly Cell[])[] = [];
  let [copies, written, copiesWritten] = [0, 0, 0];
  try {
    while (rows.length < options.rows && written < options.rows * mostTries) {
      const count = Math.min(batchRows, options.rows - rows.length);
      const batch = await writeBatch(generator, { language, order }, options, written, count, signal);
      written += count;
      for (const cells of batch) {
        const isCopy = known.has(cells);
        if (isCopy) copiesWritten++;
        if (isCopy && copies === mostCopies) continue;
        if (isCopy) copies++;
        rows.push(cells);
      }
      report(rows.length / options.rows);
    }
  } finally {
    await generator.close();
  }
  return { rows, copies, written, copiesWritten };
}

async function writeBatch(
  generator: Generator,
  { language, order }: Pick<GeneratorModel, 'language' | 'order'>,
  { conditions, seed, temperature }: MakeOptions,
  first: number,
  count: number,
  signal: AbortSignal | undefined,
): Promise<Cell[][]> {
  const { columns } = language;
  const rest = order.slice(conditions.length);
  // As the model has learnt to read them.
  const given = [...conditions].sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place));
  const asked = Array.from({ length: count }, (_, index) => {
    const random = Random.derive(seed, `generated row ${first + index}`);
    return { random, reader: language.reader(rest) };
  });
  const prompt = language.prompt(given);
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
  return asked.map(({ reader, random }) => {
    const told = new Map(conditions.map(({ place, cell }) => [place, cell]));
    return columns.map((column, place) => {
      // What was asked for stands as it was written.
      const cell = told.get(place);
      return cell === undefined ? column.cellOf(reader.texts.get(place)!, random.next()) : cell;
    });
  });
}
