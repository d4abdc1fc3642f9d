import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { ConfigFields, isRecord } from './config-fields';
import { readGpt2, readGptJ, readGptNeoX } from './gpt-config';
import { readLlamaFamily } from './llama-config';
import { supportedModelTypes, type ArchitectureConfig, type ModelConfig, type ModelType } from './model-config';
import { architectureTensors, countElements } from '../safetensors/tensor-shapes';

/**
 * Reads the text of a Hugging Face `config.json`, written by transformers 4 or 5.
 *
 * @param file the path, for messages
 * @throws `model-invalid` naming the field that is malformed; `model-unsupported` for another architecture or a variant
 *   of a supported one that LIFT does not compute
 */
export function parseModelConfig(text: string, file: string): ModelConfig {
  const fields = new ConfigFields(parseObject(text, file), file);
  const modelType = readModelType(fields);
  if (fields.has('quantization_config')) {
    throw new LiftError(
      'model-unsupported',
      phrase`${file}: the weights are quantised (quantization_config), and training needs F32, F16 or BF16.`,
      'Choose the original model that this one was made from.',
    );
  }
  const config = readArchitecture(fields, modelType);
  const shapes = architectureTensors(config).values();
  return { ...config, parameterCount: [...shapes].reduce((total, shape) => total + countElements(shape), 0) };
}

function readArchitecture(fields: ConfigFields, modelType: ModelType): ArchitectureConfig {
  switch (modelType) {
    case 'gpt2':
      return readGpt2(fields);
    case 'gptj':
      return readGptJ(fields);
    case 'gpt_neox':
      return readGptNeoX(fields);
    case 'llama':
    case 'mistral':
    case 'qwen2':
    case 'qwen3':
      return readLlamaFamily(fields, modelType);
  }
}

function readModelType(fields: ConfigFields): ModelType {
  const name = fields.text('model_type');
  const known = supportedModelTypes.find((type) => type === name);
  if (known !== undefined) return known;
  throw new LiftError(
    'model-unsupported',
    phrase`The model is of the architecture "${name}", and LIFT supports ${supportedModelTypes.join(', ')}.`,
    'Choose a model of one of these, for example HuggingFaceTB/SmolLM2-135M.',
  );
}

function parseObject(text: string, file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LiftError(
      'model-invalid',
      phrase`${file} is not JSON: ${(error as Error).message}.`,
      'Download it again.',
      {
        cause: error,
      },
    );
  }
  if (isRecord(value)) return value;
  throw new LiftError('model-invalid', phrase`${file} does not hold a JSON object.`, 'Download it again.');
}
