/** What the training panel shows, and what it asks. Plain data, so that it crosses to a page as it is. */

export interface TrainingSnapshot {
  readonly name: string;
  readonly path: string;
  readonly state: 'created' | 'running' | 'stopped' | 'failed' | 'done';
  /** Whether the model only reads rows in its prompts: nothing is trained. */
  readonly readsOnly: boolean;
  /** What the engine is doing, in words with the time left; empty when it does nothing. */
  readonly doing: string;
  /** 0 to 1 of the present stage. */
  readonly fraction: number;
  readonly tokensPerSecond: number | undefined;
  /** Mean loss of each step that was reported, in nats per answer token. */
  readonly steps: readonly LossPoint[];
  readonly epochs: readonly EpochRow[];
  readonly notices: readonly Notice[];
  readonly error: { readonly message: string; readonly hint: string } | undefined;
  /** How the test rows were predicted, once they were. */
  readonly metrics: readonly MetricView[];
}

/** A metric, ready to be read. */
export interface MetricView {
  readonly label: string;
  readonly value: string;
  /** What it is, for people who have not met it. */
  readonly explanation: string;
}

export interface LossPoint {
  /** Fractional epoch, so that steps and epochs share an axis. */
  readonly epoch: number;
  readonly loss: number;
}

export interface EpochRow {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number | undefined;
  readonly best: boolean;
}

export interface Notice {
  readonly level: 'info' | 'warning';
  readonly message: string;
}

export type TrainingRequests = {
  /** The page is ready: answered by a snapshot. */
  ready: (params: null) => TrainingSnapshot;
  stop: (params: null) => void;
  resume: (params: null) => void;
  showPredictions: (params: null) => void;
  showLog: (params: null) => void;
};

export type TrainingEvents = {
  snapshot: TrainingSnapshot;
};
