import * as v from 'valibot';
import { SaidSchema } from '../foundation/said-schema';
import type { Environment } from '../model/hub/hub-settings';

/** The stages of a run, in the order in which the story is told. */
export const stages = [
  'reading',
  'preparing',
  'downloading',
  'uploading',
  'waiting',
  'training',
  'calibrating',
  'predicting',
  'fetching',
  'baselines',
  'exporting',
  'studying',
  'generating',
  'comparing',
] as const;

export type Stage = (typeof stages)[number];

const NumberOrNothing = v.optional(v.number());

/**
 * What a run says while it works. The same events cross the process boundary, stand in the run's log (JSON lines, with
 * a `time` in front) and are what `--json` prints.
 */
export const RunEvent = v.variant('event', [
  /** The run folder exists from now on. */
  v.object({ event: v.literal('run'), run: v.string(), name: v.string(), resumed: v.boolean() }),
  /** How far a stage is: `fraction` 0 to 1 of this stage, `secondsLeft` estimated for this stage. */
  v.object({
    event: v.literal('progress'),
    stage: v.picklist(stages),
    fraction: v.number(),
    secondsLeft: NumberOrNothing,
    step: NumberOrNothing,
    steps: NumberOrNothing,
    /** Epochs done, with the part of the present one. */
    epoch: NumberOrNothing,
    loss: NumberOrNothing,
    learningRate: NumberOrNothing,
    tokensPerSecond: NumberOrNothing,
  }),
  /** An epoch of training is over; losses are mean negative log-likelihoods per answer token, in nats. */
  v.object({
    event: v.literal('epoch'),
    epoch: v.number(),
    epochs: v.number(),
    trainLoss: v.number(),
    validationLoss: NumberOrNothing,
    best: v.boolean(),
  }),
  /** Something a person should know: repairs of the file, rows left out, memory needed, an honest comparison. */
  v.object({
    event: v.literal('notice'),
    level: v.picklist(['info', 'warning']),
    message: v.string(),
    said: v.optional(SaidSchema),
  }),
]);

export type RunEvent = v.InferOutput<typeof RunEvent>;
export type ProgressEvent = Extract<RunEvent, { event: 'progress' }>;

/** What every long function of this room gets: where to report, when to stop, how many threads the model may use. */
export interface RunContext {
  readonly emit: (event: RunEvent) => void;
  readonly signal?: AbortSignal | undefined;
  readonly threads?: number | undefined;
  /** Where models are kept, see `readHubSettings`; by default the process's own environment. */
  readonly environment?: Environment | undefined;
}
