import type { ModelType } from './config/model-config';
import type { ModelFolder, WeightType } from './model-folder';

/** What people want to know about a model before they use it. */
export interface ModelDescription {
  readonly modelType: ModelType;
  readonly parameters: number;
  /** Bytes of the weights on disk. */
  readonly bytes: number;
  /** The most tokens of one text. */
  readonly contextLength: number;
  /** How most weights are stored. */
  readonly storedAs: WeightType;
}

export function describeModel({ config, tensors }: ModelFolder): ModelDescription {
  const bytesOf = { F32: 0, F16: 0, BF16: 0 };
  for (const { dtype, bytes } of tensors.values()) bytesOf[dtype] += bytes;
  const types: readonly WeightType[] = ['F32', 'F16', 'BF16'];
  return {
    modelType: config.modelType,
    parameters: config.parameterCount,
    bytes: types.reduce((total, type) => total + bytesOf[type], 0),
    contextLength: config.contextLength,
    storedAs: types.reduce((most, type) => (bytesOf[type] > bytesOf[most] ? type : most)),
  };
}
