import type { Decoder } from './decoder';
import { gpt2 } from './gpt2';
import { gptJ } from './gpt-j';
import { gptNeoX } from './gpt-neox';
import { llama } from './llama';
import type { Parameters } from './parameters';

/** The decoder of a model's architecture. */
export function decoderOf(parameters: Parameters): Decoder {
  switch (parameters.config.modelType) {
    case 'gpt2':
      return gpt2(parameters);
    case 'gptj':
      return gptJ(parameters);
    case 'gpt_neox':
      return gptNeoX(parameters);
    case 'llama':
    case 'mistral':
    case 'qwen2':
    case 'qwen3':
      return llama(parameters);
  }
}
