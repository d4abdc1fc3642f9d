import * as v from 'valibot';
import { Wording } from '../report/report-language';

const Seeds = v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.minLength(1));
const Path = v.pipe(v.string(), v.nonEmpty());
const Task = v.picklist(['classification', 'regression']);

/** What a study is asked with. Paths are absolute. */
export const StudyRequest = v.strictObject({
  name: v.string(),
  dataset: Path,
  target: v.optional(v.string()),
  task: v.optional(Task),
  recipe: v.optional(Path),
  set: v.array(v.string()),
  model: v.optional(v.string()),
  /** Other models to compare with, for the study of pretraining. */
  models: v.array(v.string()),
  seeds: Seeds,
  /** The folder of the study: a new one, or one to continue. */
  out: Path,
  /** Where that holds another study: whether to take a folder beside it (`name-2`, …) rather than refuse. */
  beside: v.boolean(),
  /** Time one run, say how long the others take, and stop. */
  estimateOnly: v.boolean(),
  /** Sets of seeds for which to say how long the study would take. */
  offers: v.array(Seeds),
  /** The language of the report; English when left out. */
  language: v.optional(Wording),
});
export type StudyRequest = v.InferOutput<typeof StudyRequest>;

const Point = v.object({
  x: v.union([v.number(), v.string()]),
  mean: v.number(),
  /** Standard deviation over seeds; 0 for one. */
  deviation: v.number(),
  seeds: v.number(),
});

/** One line of a plot: LIFT in one form, or a baseline, by its main measure. */
export const StudySeries = v.object({
  name: v.string(),
  kind: v.picklist(['lift', 'baseline']),
  points: v.array(Point),
});
export type StudySeries = v.InferOutput<typeof StudySeries>;

/** What a study would take with a set of seeds: seconds for those of its runs that are not done. */
export const StudyOffer = v.object({ seeds: Seeds, runs: v.number(), done: v.number(), secondsLeft: v.number() });
export type StudyOffer = v.InferOutput<typeof StudyOffer>;

export const StudyResultMessage = v.object({
  name: v.string(),
  out: v.string(),
  /** The report's file, when all runs are done. */
  report: v.optional(v.string()),
  task: Task,
  runs: v.number(),
  done: v.number(),
  secondsLeft: v.number(),
  offers: v.array(StudyOffer),
  summary: v.array(StudySeries),
});
export type StudyResultMessage = v.InferOutput<typeof StudyResultMessage>;
