import type { TrainingResult } from '../training/training-request';
import type { Answerer } from './answer/answerer';
import type { BackendChoice, BackendKind } from './backend-choice';
import type { AskedRow } from './answer/calibrated-rows';
import type { EncodedTask } from './task/encode-task';
import type { PromptLimits } from './task/encode-prompt';
import type { RunContext } from './events';
import type { FinishedRun } from './folder/finished-run';
import type { RunInputs } from './folder/open-run';
import type { PreparedTask } from './task/prepare-task';
import type { RunPlan } from './requests';
import type { RunFolder } from './folder/run-folder';
import type { StageClock } from './progress/stage-clock';

/** A table and a recipe as prompts, ready for a model to be trained on. */
export interface TrainingWork {
  readonly inputs: RunInputs;
  readonly task: PreparedTask;
  readonly encoded: EncodedTask;
  readonly limits: PromptLimits;
  /** The rows that will be asked about once the model is trained. */
  readonly asked: readonly AskedRow[];
}

/** What a training tells of itself. */
export type TrainingOutcome = Omit<TrainingResult, 'parameters' | 'trunk' | 'answerTokens' | 'resumedAtStep'>;

export interface TrainedWork {
  readonly training: TrainingOutcome;
  /** How many made rows were learnt beside the real ones; none when left out. */
  readonly madeRows?: number;
  /** Answers the asked rows with what was trained. */
  openAnswerer(): Promise<Answerer>;
}

/** What came of a test of the connection. */
export interface ConnectionTest {
  /** What answered, in words: "Ray 2.58.0". */
  readonly service: string;
  /** What a person should know before sending anything there. */
  readonly warnings: readonly string[];
}

/**
 * A place where models are trained and asked. The story of a run is the same wherever that is: it begins with a table and
 * ends with a run folder on this machine, it is followed by the folder's log and stopped by its `cancel` file. The engine
 * tells that story; a backend does the two parts of it that need a model.
 *
 * A backend elsewhere keeps what it has begun in the run folder, so that another process can go on with it: when its
 * signal fires with the reason `leave` (see `leaving`) the work goes on there without anyone waiting for it.
 */
export interface Backend {
  readonly kind: BackendKind;
  /** What of a model must be on this machine: all of it, its configuration and tokenizer, or nothing but its name. */
  readonly needs: 'weights' | 'tokenizer' | 'name';
  /** Whether the place answers, and takes us. Throws `network`, `unauthorized`. */
  test(signal?: AbortSignal): Promise<ConnectionTest>;
  /** Throws what of the work cannot be done there at all: asked before there is a run folder, and before anything is sent. */
  readonly check?: (work: TrainingWork) => void;
  /** What the work would send and cost; sends nothing. */
  plan(work: TrainingWork): Promise<Omit<RunPlan, 'service'>>;
  /**
   * Trains, and writes what was trained to the run folder: `adapter/`, or `model/` after full fine-tuning. Called again
   * for the same folder it goes on where it was. Throws `cancelled` when it was stopped.
   */
  train(folder: RunFolder, work: TrainingWork, clock: StageClock, context: RunContext): Promise<TrainedWork>;
  /** Opens what a finished run has trained, to answer these rows. */
  openAnswerer(run: FinishedRun, rows: readonly AskedRow[], clock: StageClock, context: RunContext): Promise<Answerer>;
}

/** Makes the backend that was chosen. */
export type OpenBackend = (choice: BackendChoice) => Backend;

/** The reason of a signal that ends the watching, not the work. */
export const leaving = 'leave';
