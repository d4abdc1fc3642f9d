import * as v from 'valibot';
import { BackendChoice } from './backend-choice';

/**
 * What can be asked of the engine, and what it answers: checked on both sides of the process boundary.
 * Paths are absolute: the processes need not share a working folder.
 */
const Path = v.pipe(v.string(), v.nonEmpty());
const Task = v.picklist(['classification', 'regression']);

export const FineTuneRequest = v.strictObject({
  /** The CSV; with `resume` it is read from where the run says. */
  dataset: v.optional(Path),
  target: v.optional(v.string()),
  task: v.optional(Task),
  /** A `*.lift.json` file; without it the recipe is inferred from the table. */
  recipe: v.optional(Path),
  /** Changes to the recipe, as on the command line: `training.epochs=3`. */
  set: v.array(v.string()),
  seed: v.optional(v.number()),
  /** `embedded`, a folder, or a hub id; stronger than the recipe's. */
  model: v.optional(v.string()),
  /** Where run folders are made, unless `out` names the one to make. */
  runsFolder: Path,
  out: v.optional(Path),
  /** Nothing is trained: the model reads training rows, with their answers, in the prompt and is asked. */
  inContext: v.optional(
    v.strictObject({
      /** How many; `max`: as many as the model can read. */
      rows: v.union([v.literal('max'), v.pipe(v.number(), v.integer(), v.minValue(1))]),
      /** Those most like the row at hand, random ones for each row, or the same random ones for every row. */
      pick: v.picklist(['nearest', 'random', 'same']),
    }),
  ),
  /** An existing run folder to continue; everything else but `baselines` then comes from it. */
  resume: v.optional(Path),
  baselines: v.boolean(),
  /** Where it happens; the local engine when left out. Given with `resume` it is how to reach where it happens now. */
  backend: v.optional(BackendChoice),
});
export type FineTuneRequest = v.InferOutput<typeof FineTuneRequest>;

/** What a run would mean, to be shown before it starts. */
export const RunPlan = v.object({
  /** Where it would happen, in words: "this machine". */
  destination: v.string(),
  /** What answers there: "Ray 2.58.0". */
  service: v.string(),
  /** What would leave this machine; nothing does when it is left out. */
  upload: v.optional(
    v.object({
      rows: v.number(),
      /** The columns whose values, or texts made of them, are sent. */
      columns: v.array(v.string()),
      /** Of everything that is sent, packed. */
      bytes: v.number(),
      /** Whether the model's weights are among them. */
      weights: v.boolean(),
    }),
  ),
  /** What stays there when the run is over, in words. */
  remains: v.optional(v.string()),
  /** In words, when money is asked for. */
  cost: v.optional(v.string()),
  warnings: v.array(v.string()),
});
export type RunPlan = v.InferOutput<typeof RunPlan>;

export const PredictRequest = v.strictObject({
  run: Path,
  dataset: Path,
  out: v.optional(Path),
  /** Where the model is asked; the local engine when left out. */
  backend: v.optional(BackendChoice),
});
export type PredictRequest = v.InferOutput<typeof PredictRequest>;

export const EvaluateRequest = v.strictObject({ run: Path, dataset: Path });
export type EvaluateRequest = v.InferOutput<typeof EvaluateRequest>;

export const BaselinesRequest = v.strictObject({
  dataset: Path,
  target: v.string(),
  task: v.optional(Task),
  seed: v.optional(v.number()),
});
export type BaselinesRequest = v.InferOutput<typeof BaselinesRequest>;

export const ExportRequest = v.strictObject({
  run: Path,
  format: v.picklist(['peft', 'transformers.js']),
  out: Path,
});
export type ExportRequest = v.InferOutput<typeof ExportRequest>;

/** Metrics by their field-standard names: accuracy, macroF1, auc, rmse, r2, … Those that do not exist are left out. */
const Metrics = v.record(v.string(), v.number());
export type Metrics = v.InferOutput<typeof Metrics>;

/** A baseline's metrics on the same split; `settings` are those that were best on validation. */
const BaselineReport = v.object({ test: Metrics, validation: Metrics, settings: v.string(), seconds: v.number() });
export type BaselineReport = v.InferOutput<typeof BaselineReport>;

const Baselines = v.record(v.string(), BaselineReport);

/** A predicted row for people: `confidence` is a probability; for numbers `lower` and `upper` bound the interval. */
const SampleRow = v.object({
  lineNumber: v.number(),
  cells: v.array(v.tuple([v.string(), v.string()])),
  truth: v.optional(v.string()),
  prediction: v.string(),
  confidence: v.optional(v.number()),
  lower: v.optional(v.number()),
  upper: v.optional(v.number()),
});
export type SampleRow = v.InferOutput<typeof SampleRow>;

/** Seconds by stage, and rates. */
const Timing = v.record(v.string(), v.number());
/** How often prediction had to fall back on something, by kind. */
const Fallbacks = v.record(v.string(), v.number());

export const FineTuneResult = v.object({
  run: v.string(),
  task: Task,
  metrics: v.object({
    test: Metrics,
    validation: Metrics,
    baselines: Baselines,
    /** Of the test rows, without the answers of the nearest training rows, where predictions are pooled with these. */
    modelAlone: v.optional(Metrics),
  }),
  timing: Timing,
  fallbacks: Fallbacks,
  samples: v.array(SampleRow),
  /** Rows that were made after the training rows and learnt beside them. */
  madeRows: v.optional(v.number()),
});
export type FineTuneResult = v.InferOutput<typeof FineTuneResult>;

export const PredictResult = v.object({
  run: v.string(),
  task: Task,
  out: v.string(),
  rows: v.number(),
  /** Present when the file holds the target. */
  metrics: v.optional(Metrics),
  timing: Timing,
  fallbacks: Fallbacks,
  samples: v.array(SampleRow),
});
export type PredictResult = v.InferOutput<typeof PredictResult>;

export const EvaluateResult = v.object({
  run: v.string(),
  task: Task,
  rows: v.number(),
  metrics: Metrics,
  timing: Timing,
  fallbacks: Fallbacks,
});
export type EvaluateResult = v.InferOutput<typeof EvaluateResult>;

export const BaselinesResult = v.object({ task: Task, baselines: Baselines, timing: Timing });
export type BaselinesResult = v.InferOutput<typeof BaselinesResult>;

export const ExportResult = v.object({ out: v.string(), files: v.array(v.string()) });
export type ExportResult = v.InferOutput<typeof ExportResult>;
