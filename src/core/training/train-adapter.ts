import { LiftError } from '../foundation/lift-error';
import type { OpenLossGraph } from './loss/open-loss-graph';
import { openLossGraph } from './loss/open-loss-graph';
import { tokensOfRun } from './batches/run-tokens';
import type { TokenExample } from './batches/token-example';
import { Trainer, trainingEnd } from './trainer';
import type { TrainingRequest, TrainingResult } from './training-request';
import type { TrainingSetup } from './training-setup';
import { setUpTraining } from './training-setup';
import { trunkProgress } from './trunk/trunk-progress';

/** Seconds between checkpoints. */
const defaultCheckpointSeconds = 15;

/**
 * Fine-tunes a model on examples: LoRA adapters or all weights, as the settings say. Keeps the parameters of the epoch with
 * the least validation loss; the untrained model counts as epoch 0. Cancellation is no error here: it ends the training
 * with the best parameters so far, and a checkpoint from which the same request continues to the very same result.
 *
 * @throws LiftError `usage` without examples; `prompt-too-long`; `recipe-invalid` when the loss does not stay finite;
 *   `adapter-invalid` when `start` does not fit; `run-invalid` when the checkpoint does not; `disk-full`; `model-too-large`.
 */
export async function trainAdapter(request: TrainingRequest): Promise<TrainingResult> {
  const setup = await setUpTraining(request);
  const { state, checkpoint, trunk, answerTokens } = setup;
  const resumedAtStep = state.progress.step;
  const end = trainingEnd(state.progress, request.settings);
  const outcome = end === undefined ? await train(request, setup) : { stopped: end, tokensPerSecond: undefined };
  await checkpoint?.save(state);
  const { history, best, step, skippedSteps, tokens } = state.progress;
  return {
    parameters: state.bestParameters ?? state.parameters,
    ...outcome,
    history,
    bestEpoch: best?.epoch,
    steps: step,
    skippedSteps,
    tokens,
    trunk,
    answerTokens: answerTokens?.tokens,
    resumedAtStep,
  };
}

async function train(
  request: TrainingRequest,
  setup: TrainingSetup,
): Promise<Pick<TrainingResult, 'stopped' | 'tokensPerSecond'>> {
  const { model, settings, validation, signal } = request;
  const { state, trainGraph, checkpoint, examplesOf } = setup;
  const { onTrunkTokens, onProgress } = progressOf(request, setup);
  const runTokens = tokensOfRun(settings.batchTokens, model.config, settings.method);
  let opened: OpenLossGraph | undefined;
  let trainer: Trainer | undefined;
  try {
    opened = await openLossGraph({
      model,
      adaptation: setup.adaptation,
      trainGraph,
      parameters: state.parameters,
      answerTokens: setup.answerTokens,
      trunk: {
        place: setup.trunk,
        layers: setup.trunkLayers,
        examples: [...setup.firstExamples, ...validation],
        onTokens: onTrunkTokens,
      },
      validates: validation.length > 0,
      runTokens,
      folder: request.checkpointFolder,
      threads: request.threads,
      signal,
    });
    let saved = performance.now();
    const save = async (): Promise<void> => {
      if (performance.now() - saved < (request.checkpointSeconds ?? defaultCheckpointSeconds) * 1000) return;
      await checkpoint?.save(state);
      saved = performance.now();
    };
    const decayed = new Set(trainGraph.trainables.filter(({ decay }) => decay).map(({ name }) => name));
    const { onEpoch } = request;
    const options = { settings, runTokens, decayed, examplesOf, validation, save, signal, onProgress, onEpoch };
    trainer = new Trainer(state, opened.graph, options);
    return { stopped: await trainer.run(), tokensPerSecond: trainer.tokensPerSecond };
  } catch (error) {
    if (!LiftError.is(error, 'cancelled')) throw error;
    return { stopped: 'cancelled', tokensPerSecond: trainer?.tokensPerSecond };
  } finally {
    await opened?.close();
  }
}

function progressOf(
  { model, settings, validation, onProgress }: TrainingRequest,
  setup: TrainingSetup,
): ReturnType<typeof trunkProgress> {
  const trained = countTokens(setup.firstExamples);
  const validated = countTokens(validation);
  const { epochs } = settings;
  const share = setup.trunkLayers / model.config.layers;
  const work = {
    share,
    trunkTokens: trained + validated,
    trainedTokens: trained * epochs,
    validatedTokens: validated * (epochs + 1),
  };
  return trunkProgress(work, onProgress);
}

function countTokens(examples: readonly TokenExample[]): number {
  return examples.reduce((sum, { tokens }) => sum + tokens.length, 0);
}
