import { LiftError } from '../../foundation/lift-error';
import type { ModelConfig } from '../../model/config/model-config';
import type { Tokenizer } from '../../model/tokenizer/tokenizer';
import type { OpenModel } from './open-model';

/**
 * A model that only a service has: nothing of it is known here but its name. Texts are counted by a rule of thumb, and no
 * prompt is too long, as only the service knows. Throws `usage` for the embedded model, which no service has.
 */
export function serviceModel(id: string): OpenModel {
  if (id === 'embedded') {
    throw new LiftError(
      'usage',
      'Which model of the service is to be fine-tuned?',
      'Name it as the service does, with --model or in the recipe.',
    );
  }
  return { folder: { path: '', config: unknownConfig, tensors: new Map(), hash: '' }, tokenizer: countingTokenizer };
}

/** As many as the text has by a rule of thumb for tokenizers of large models: words in pieces, numbers by three digits. */
export function estimateTokens(text: string): number {
  let count = 0;
  for (const [piece] of text.matchAll(/\p{L}+|\p{N}{1,3}|[^\s\p{L}\p{N}]+|\n+/gu)) {
    count += Math.ceil(Buffer.byteLength(piece) / (/^\p{L}/u.test(piece) ? 5 : 3));
  }
  return count;
}

/** Counts tokens; which ones they are is not known. */
const countingTokenizer: Tokenizer = {
  vocabSize: 0,
  endOfText: undefined,
  encode: (text) => new Array<number>(estimateTokens(text)).fill(0),
  encodeSegments: (segments) => segments.map((text) => new Array<number>(estimateTokens(text)).fill(0)),
  decode: () => '',
  tokenText: () => '',
};

const unknownConfig: ModelConfig = {
  modelType: 'llama',
  raw: {},
  hiddenSize: 0,
  intermediateSize: 0,
  layers: 0,
  heads: 0,
  kvHeads: 0,
  headDim: 0,
  vocabSize: 0,
  contextLength: Infinity,
  tiedHead: true,
  normEpsilon: 0,
  activation: 'silu',
  rope: undefined,
  parallelResidual: false,
  queryKeyValueBias: false,
  outputBias: false,
  feedForwardBias: false,
  headBias: false,
  queryKeyNorm: false,
  parameterCount: 0,
  bosToken: undefined,
  eosTokens: [],
};
