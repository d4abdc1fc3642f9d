import { buildLmGraph } from '../architectures/build-lm-graph';
import type { LmGraph } from '../architectures/lm-graph-spec';
import { LiftError } from '../foundation/lift-error';
import type { Adaptation } from './adapted-layers';
import { adaptationOf, frozenLayers } from './adapted-layers';
import { AnswerTokens } from './batches/answer-tokens';
import { CheckpointFolder } from './checkpoint';
import { trainingFingerprint } from './fingerprint';
import { initialParameters } from './initial-parameters';
import type { TokenExample } from './batches/token-example';
import { checkExamples } from './batches/token-example';
import type { TrainingRequest } from './training-request';
import type { TrainingState } from './training-state';
import { freshState } from './training-state';
import { trunkCacheBytes } from './trunk/trunk-cache';
import type { TrunkPlace } from './trunk/trunk-policy';
import { planTrunk } from './trunk/trunk-policy';

/** Everything about a training that follows from its request, before anything heavy is opened. */
export interface TrainingSetup {
  /** The examples of an epoch, checked. */
  readonly examplesOf: (epoch: number) => Promise<readonly TokenExample[]>;
  readonly firstExamples: readonly TokenExample[];
  readonly adaptation: Adaptation;
  readonly trunk: TrunkPlace;
  /** Layers below the trained ones whose outputs are kept; 0 when they are not. */
  readonly trunkLayers: number;
  readonly trainGraph: LmGraph;
  readonly checkpoint: CheckpointFolder | undefined;
  readonly state: TrainingState;
  readonly resumed: boolean;
  readonly answerTokens: AnswerTokens | undefined;
}

/** @throws LiftError as `trainAdapter` does for what it is given. */
export async function setUpTraining(request: TrainingRequest): Promise<TrainingSetup> {
  const { model, settings, validation, start, checkpointFolder } = request;
  const examplesOf = checkedExamples(request);
  const firstExamples = await examplesOf(1);
  const everything = [...firstExamples, ...validation];
  const frozen = frozenLayers(settings, model.config);
  const bytes = typeof request.train === 'function' ? undefined : trunkCacheBytes(everything, model.config.hiddenSize);
  const { place: trunk, reason } = planTrunk(settings, frozen, bytes, checkpointFolder !== undefined);
  if (reason !== undefined) request.onNotice?.(reason);
  const trunkLayers = trunk === 'none' ? 0 : frozen;
  const adaptation = adaptationOf(settings, model.config);
  const trainGraph = buildLmGraph(model, { kind: 'train', ...adaptation, fromLayer: trunkLayers });
  const fingerprint = trainingFingerprint(model.hash, settings, start, [firstExamples, validation]);
  const checkpoint = checkpointFolder === undefined ? undefined : new CheckpointFolder(checkpointFolder, fingerprint);
  const saved = await checkpoint?.load();
  return {
    examplesOf,
    firstExamples,
    adaptation,
    trunk,
    trunkLayers,
    trainGraph,
    checkpoint,
    state: saved ?? freshState(await initialParameters(trainGraph.trainables, model, settings.seed, start)),
    resumed: saved !== undefined,
    answerTokens: settings.softmax === 'answers' ? AnswerTokens.of(everything) : undefined,
  };
}

/** The examples of an epoch; those of the last one asked for are kept. */
function checkedExamples({ model, train, validation }: TrainingRequest): TrainingSetup['examplesOf'] {
  const { contextLength } = model.config;
  checkExamples(validation, contextLength, 'validation');
  let last: { readonly epoch: number; readonly examples: readonly TokenExample[] } | undefined;
  return async (epoch) => {
    if (last !== undefined && (last.epoch === epoch || typeof train !== 'function')) return last.examples;
    const examples = typeof train === 'function' ? await train(epoch) : train;
    if (examples.every(({ lossPositions }) => lossPositions.length === 0)) {
      throw new LiftError('usage', 'There is nothing to train on.', 'Give the table more rows with a target value.');
    }
    checkExamples(examples, contextLength, 'training');
    last = { epoch, examples };
    return examples;
  };
}
