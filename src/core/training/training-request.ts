import type { ModelFolder } from '../model/model-folder';
import type { Parameters } from './initial-parameters';
import type { TrainingProgress } from './progress/progress-reporter';
import type { TrainingSettings } from './settings';
import type { TokenExample } from './batches/token-example';
import type { EpochRecord } from './training-state';
import type { TrunkPlace } from './trunk/trunk-policy';
import type { Said } from '../foundation/phrase';

/** What is to be trained on what, and how. */
export interface TrainingRequest {
  readonly model: ModelFolder;
  /** The same for every epoch, or made anew for each (counts from 1; the same each time it is asked). */
  readonly train:
    readonly TokenExample[] | ((epoch: number) => readonly TokenExample[] | Promise<readonly TokenExample[]>);
  /** May be empty: then the last epoch is kept. */
  readonly validation: readonly TokenExample[];
  readonly settings: TrainingSettings;
  /** Values to start from, by the names of the trainables: an adapter, an earlier result. */
  readonly start?: Parameters | undefined;
  /** A folder for the checkpoint of this training alone; what it holds is continued. Without it nothing is saved. */
  readonly checkpointFolder?: string | undefined;
  /** Least time between checkpoints; 15 when left out. */
  readonly checkpointSeconds?: number | undefined;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after every run of a graph: often. */
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** Epoch 0 is the model before training. `best`: its parameters are kept so far. */
  readonly onEpoch?: ((record: EpochRecord, best: boolean) => void) | undefined;
  /** What people should know: why something that speeds training up does not apply. */
  readonly onNotice?: ((message: Said) => void) | undefined;
}

export interface TrainingResult {
  /** Those of the best epoch; without validation the last ones. */
  readonly parameters: Parameters;
  readonly stopped: 'finished' | 'patience' | 'cancelled';
  /** Epoch 0 is the model before training. */
  readonly history: readonly EpochRecord[];
  readonly bestEpoch: number | undefined;
  readonly steps: number;
  /** Steps without a finite gradient, after each of which the learning rate was halved. */
  readonly skippedSteps: number;
  /** Tokens trained on, padding not counted. */
  readonly tokens: number;
  /** In this session; undefined when it took no step. */
  readonly tokensPerSecond: number | undefined;
  /** Where the outputs of the frozen layers were kept. */
  readonly trunk: TrunkPlace;
  /** With `softmax: 'answers'` the tokens it runs over, ascending. */
  readonly answerTokens: Int32Array | undefined;
  /** The step at which this session continued an earlier one; 0 when there was none. */
  readonly resumedAtStep: number;
}
