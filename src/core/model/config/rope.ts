import type { ConfigFields } from './config-fields';
import type { RopeConfig, RopeScaling } from './model-config';

/**
 * The rotary settings of a configuration in the spelling of transformers 4 (`rope_theta`, `rope_scaling`, `rotary_pct`)
 * or 5 (`rope_parameters`). Throws `model-unsupported` for a scaling other than linear and llama3, and `model-invalid`.
 */
export function readRope(fields: ConfigFields, headDim: number, contextLength: number): RopeConfig {
  const nested = fields.group('rope_parameters') ?? fields.group('rope_scaling');
  const outerTheta = fields.has('rope_theta') ? 'rope_theta' : 'rotary_emb_base';
  const outerFraction = fields.has('partial_rotary_factor') ? 'partial_rotary_factor' : 'rotary_pct';
  const theta = nested?.has('rope_theta') ? nested.positive('rope_theta') : fields.positive(outerTheta, 10_000);
  const defaultFraction = fields.raw.model_type === 'gpt_neox' ? 0.25 : 1;
  const fraction = nested?.has('partial_rotary_factor')
    ? nested.positive('partial_rotary_factor')
    : fields.positive(outerFraction, defaultFraction);
  const dimensions = Math.floor(headDim * fraction);
  if (fraction > 1 || dimensions < 2 || dimensions % 2 !== 0) {
    throw fields.unsupported(`rotating ${dimensions} of the ${headDim} values of an attention head`);
  }
  return { theta, dimensions, pairing: 'halves', scaling: readScaling(fields, nested, contextLength) };
}

function readScaling(fields: ConfigFields, nested: ConfigFields | undefined, contextLength: number): RopeScaling {
  if (nested === undefined) return { kind: 'none' };
  const kind = nested.text('rope_type', nested.text('type', 'default'));
  switch (kind) {
    // Dynamic scaling begins beyond the context that the model was trained with, which LIFT never leaves.
    case 'default':
    case 'dynamic':
      return { kind: 'none' };
    case 'linear':
      return { kind: 'linear', factor: nested.positive('factor') };
    case 'llama3':
      return {
        kind: 'llama3',
        factor: nested.positive('factor'),
        lowFrequencyFactor: nested.positive('low_freq_factor'),
        highFrequencyFactor: nested.positive('high_freq_factor'),
        originalContext: nested.positive('original_max_position_embeddings', contextLength),
      };
    default:
      throw fields.unsupported(`the rotary scaling "${kind}" (supported: default, dynamic, linear, llama3)`);
  }
}

/**
 * The `dimensions / 2` angles per position, in radians, as transformers computes them (`modeling_rope_utils.py`; the
 * smooth transition of `llama3` is that of Llama 3.1). At position p pair i is turned by p times the i-th angle.
 */
export function inverseFrequencies(rope: RopeConfig): Float32Array {
  const { theta, dimensions, scaling } = rope;
  return Float32Array.from({ length: dimensions / 2 }, (_, pair) =>
    scaled(1 / theta ** ((2 * pair) / dimensions), scaling),
  );
}

function scaled(frequency: number, scaling: RopeScaling): number {
  switch (scaling.kind) {
    case 'none':
      return frequency;
    case 'linear':
      return frequency / scaling.factor;
    case 'llama3': {
      const { factor, lowFrequencyFactor, highFrequencyFactor, originalContext } = scaling;
      const turns = (originalContext * frequency) / (2 * Math.PI);
      if (turns < lowFrequencyFactor) return frequency / factor;
      if (turns > highFrequencyFactor) return frequency;
      const smooth = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
      return ((1 - smooth) * frequency) / factor + smooth * frequency;
    }
  }
}
