import { mkdir } from 'node:fs/promises';
import { buildLmGraph } from '../../architectures/build-lm-graph';
import type { LmGraph } from '../../architectures/lm-graph-spec';
import { GraphSession } from '../../graph/session';
import type { ModelFolder } from '../../model/model-folder';
import type { Adaptation } from '../adapted-layers';
import type { AnswerTokens } from '../batches/answer-tokens';
import type { Parameters } from '../initial-parameters';
import { LmLossGraph } from './lm-loss-graph';
import type { TokenExample } from '../batches/token-example';
import { TrunkCache } from '../trunk/trunk-cache';
import type { TrunkPlace } from '../trunk/trunk-policy';
import { openHiddenStore } from '../trunk/trunk-policy';

/** A model with at most so many parameters is loaded a second time for validation, which spares the backward pass. */
const smallModel = 64e6;

export interface LossGraphRequest {
  readonly model: ModelFolder;
  readonly adaptation: Adaptation;
  /** A graph of kind `train`; it begins above the trunk when the trunk's outputs are kept. */
  readonly trainGraph: LmGraph;
  readonly parameters: Parameters;
  readonly answerTokens: AnswerTokens | undefined;
  readonly trunk: {
    readonly place: TrunkPlace;
    /** Layers from the bottom that belong to it. */
    readonly layers: number;
    readonly examples: readonly TokenExample[];
    readonly onTokens: (tokens: number) => void;
  };
  /** Whether there is anything to validate on. */
  readonly validates: boolean;
  readonly runTokens: number;
  /** For a trunk cache on the disk. */
  readonly folder: string | undefined;
  readonly threads: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A loss with everything that was opened for it. */
export interface OpenLossGraph {
  readonly graph: LmLossGraph;
  close(): Promise<void>;
}

/** Opens the sessions that training needs, and runs the trunk where its outputs are kept. */
export async function openLossGraph(request: LossGraphRequest): Promise<OpenLossGraph> {
  const { model, adaptation, trainGraph, parameters, answerTokens, trunk: trunkPlan } = request;
  const options = request.threads === undefined ? {} : { threads: request.threads };
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const part of opened.reverse()) await part.close();
  };
  try {
    const trunk = await buildTrunk(request);
    if (trunk !== undefined) opened.push(trunk);
    const train = await GraphSession.open(trainGraph, options);
    opened.push(train);
    let score: GraphSession | undefined;
    const dropout = adaptation.lora !== undefined && adaptation.lora.dropout > 0;
    if (request.validates && (dropout || model.config.parameterCount <= smallModel)) {
      const fromLayer = trunk === undefined ? 0 : trunkPlan.layers;
      score = await GraphSession.open(buildLmGraph(model, { kind: 'score', ...adaptation, fromLayer }), options);
      opened.push(score);
    }
    return { graph: new LmLossGraph({ train, score, parameters, trunk, answerTokens }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function buildTrunk(request: LossGraphRequest): Promise<TrunkCache | undefined> {
  const { model, trunk, folder, runTokens, signal } = request;
  if (trunk.place === 'none') return undefined;
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const store = await openHiddenStore(trunk.place, folder);
  const options = request.threads === undefined ? {} : { threads: request.threads };
  let session: GraphSession | undefined;
  try {
    session = await GraphSession.open(buildLmGraph(model, { kind: 'trunk', fromLayer: trunk.layers }), options);
    const width = model.config.hiddenSize;
    const { onTokens } = trunk;
    return await TrunkCache.build(trunk.examples, { session, width, store, runTokens, signal, onTokens });
  } catch (error) {
    await store.close();
    throw error;
  } finally {
    await session?.close();
  }
}
