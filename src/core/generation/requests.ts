import * as v from 'valibot';
import { Wording } from '../report/report-language';

const Path = v.pipe(v.string(), v.nonEmpty());

/** What rows are asked for with. Paths are absolute. */
export const GenerateRequest = v.strictObject({
  run: Path,
  rows: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Conditions as on the command line: `species=setosa`. */
  where: v.array(v.string()),
  temperature: v.pipe(v.number(), v.gtValue(0)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Leave out every copy of a training row; a few may stand where training rows repeat one another. */
  dropCopies: v.boolean(),
  /** The CSV to write. */
  out: Path,
  /** Where to write the rows beside real ones, and how good they are, as one HTML file; nowhere when left out. */
  report: v.optional(Path),
  /** The language of the report; English when left out. */
  language: v.optional(Wording),
});
export type GenerateRequest = v.InferOutput<typeof GenerateRequest>;

/** How good made rows are. Shares and distances are from 0 to 1. */
export const Fidelity = v.object({
  /** Share of rows in which every cell is one that the training rows allow. */
  valid: v.number(),
  marginals: v.array(v.object({ column: v.string(), distance: v.number() })),
  correlationGap: v.optional(v.number()),
  /** How well a classifier tells made rows from real ones: 0.5 is guessing. */
  tellingApartAuc: v.optional(v.number()),
  /** The same simple model trained on made and on real rows, judged on real test rows. */
  usefulness: v.optional(
    v.object({ measure: v.picklist(['accuracy', 'rae']), made: v.number(), real: v.number(), method: v.string() }),
  ),
  /** Median distance to the nearest training row; that of real test rows tells what is usual. */
  closest: v.object({ made: v.number(), realTest: v.optional(v.number()) }),
});
export type Fidelity = v.InferOutput<typeof Fidelity>;

export const GenerateResult = v.object({
  run: v.string(),
  out: v.string(),
  rows: v.number(),
  columns: v.array(v.string()),
  /** How many of the rows are copies of training rows: no larger a share than repeat one another there. */
  copies: v.number(),
  /** How many rows were written, and how many of these were copies; what is too many of them is dropped. */
  written: v.number(),
  copiesWritten: v.number(),
  /** How many of the real test rows are copies of training rows, and of how many. */
  realCopies: v.object({ copies: v.number(), rows: v.number() }),
  /** Undefined when the rows are made under conditions: the real rows are not to be like them. */
  fidelity: v.optional(Fidelity),
  /** The HTML file, when it was written. */
  report: v.optional(v.string()),
  preview: v.object({ made: v.array(v.array(v.string())), real: v.array(v.array(v.string())) }),
  timing: v.record(v.string(), v.number()),
});
export type GenerateResult = v.InferOutput<typeof GenerateResult>;
