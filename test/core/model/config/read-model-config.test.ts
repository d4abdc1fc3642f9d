import { describe, expect, it } from 'vitest';
import { LiftError } from '../../../../src/core/foundation/lift-error';
import { parseModelConfig } from '../../../../src/core/model/config/read-model-config';
import { inverseFrequencies } from '../../../../src/core/model/config/rope';
import { architectureTensors, linearLayers } from '../../../../src/core/model/safetensors/tensor-shapes';
import type { ModelConfig } from '../../../../src/core/model/config/model-config';
import truth from '../fixtures/architectures.json';
import { tinyGpt2, tinyLlama } from '../tiny-model';

const parse = (config: object): ModelConfig => parseModelConfig(JSON.stringify(config), 'm/config.json');

function errorOf(config: object): LiftError {
  try {
    parse(config);
  } catch (error) {
    if (error instanceof LiftError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('the architectures against transformers and peft', () => {
  for (const [name, expected] of Object.entries(truth)) {
    it(`names the tensors of ${name} and counts its parameters`, () => {
      const config = parse(expected.config);
      expect(Object.fromEntries(architectureTensors(config))).toEqual(expected.tensors);
      expect(config.parameterCount).toBe(expected.parameters);
    });

    it(`names the layers of ${name} that all-linear adapts`, () => {
      const adapter = linearLayers(parse(expected.config)).flatMap((layer) => [
        [`base_model.model.${layer.name}.lora_A.weight`, [2, layer.inputs]],
        [`base_model.model.${layer.name}.lora_B.weight`, [layer.outputs, 2]],
      ]);
      expect(Object.fromEntries(adapter)).toEqual(expected.adapter);
    });

    if (expected.inverse_frequencies !== null) {
      it(`computes the rotary frequencies of ${name}`, () => {
        const computed = inverseFrequencies(parse(expected.config).rope!);
        expect(computed).toHaveLength(expected.inverse_frequencies.length);
        computed.forEach((value, index) => {
          expect(value / expected.inverse_frequencies[index]!).toBeCloseTo(1, 5);
        });
      });
    }
  }
});

describe('parseModelConfig', () => {
  it('reads the spellings of transformers 4', () => {
    const config = parse({ ...tinyLlama, rope_theta: 100_000, rope_scaling: null, torch_dtype: 'bfloat16' });
    expect(config.rope).toEqual({ theta: 100_000, dimensions: 4, pairing: 'halves', scaling: { kind: 'none' } });
    const scaled = parse({ ...tinyLlama, rope_theta: 5, rope_scaling: { type: 'linear', factor: 2 } });
    expect(scaled.rope).toMatchObject({ theta: 5, scaling: { kind: 'linear', factor: 2 } });
    const pythia = { hidden_size: 32, num_hidden_layers: 1, num_attention_heads: 2, vocab_size: 9 };
    const neox = parse({ ...pythia, model_type: 'gpt_neox', rotary_pct: 0.5, rotary_emb_base: 777 });
    expect(neox.rope).toMatchObject({ theta: 777, dimensions: 8 });
    expect(neox).toMatchObject({ intermediateSize: 128, parallelResidual: true, activation: 'gelu', tiedHead: false });
  });

  it('takes the size of a head from head_dim where it is not the quotient', () => {
    const config = parse({ ...tinyLlama, model_type: 'qwen3', head_dim: 32 });
    expect(config).toMatchObject({ headDim: 32, queryKeyNorm: true, heads: 4, kvHeads: 2 });
  });

  it('fills in what a configuration may leave out as transformers does', () => {
    expect(parse(tinyGpt2)).toMatchObject({
      intermediateSize: 64,
      kvHeads: 2,
      contextLength: 32,
      tiedHead: true,
      activation: 'gelu_new',
      normEpsilon: 1e-5,
      eosTokens: [],
    });
    expect(parse({ ...tinyLlama, tie_word_embeddings: undefined }).tiedHead).toBe(false);
  });

  it('shortens the context to a sliding window that is in effect', () => {
    const window = { ...tinyLlama, max_position_embeddings: 64, sliding_window: 16 };
    expect(parse({ ...window, model_type: 'mistral' }).contextLength).toBe(16);
    expect(parse({ ...window, model_type: 'mistral', sliding_window: null }).contextLength).toBe(64);
    expect(parse({ ...window, model_type: 'qwen2', use_sliding_window: false }).contextLength).toBe(64);
    expect(parse({ ...window, model_type: 'qwen2', use_sliding_window: true }).contextLength).toBe(16);
  });

  it('reads one end token or several', () => {
    expect(parse({ ...tinyLlama, eos_token_id: [5, 6] }).eosTokens).toEqual([5, 6]);
    expect(parse({ ...tinyLlama, eos_token_id: null }).eosTokens).toEqual([]);
  });

  it('names what is supported when the architecture is not', () => {
    const error = errorOf({ ...tinyLlama, model_type: 'mamba' });
    expect(error.code).toBe('model-unsupported');
    expect(error.message).toMatch(/"mamba".*gpt2, gpt_neox, gptj, llama, mistral, qwen2, qwen3/);
  });

  it.each([
    ['a missing size', { hidden_size: undefined }, /"hidden_size".*missing/],
    ['a negative size', { num_hidden_layers: -1 }, /"num_hidden_layers".*-1/],
    ['a fraction for a size', { vocab_size: 1.5 }, /"vocab_size".*1\.5/],
    ['a text for a size', { intermediate_size: '24' }, /"intermediate_size"/],
    ['heads that do not divide', { num_attention_heads: 3 }, /"hidden_size".*divisible/],
    ['key heads that do not divide', { num_key_value_heads: 3 }, /"num_key_value_heads".*divisor/],
    ['a text for a flag', { tie_word_embeddings: 'yes' }, /"tie_word_embeddings"/],
    ['a text for a token', { eos_token_id: '</s>' }, /"eos_token_id"/],
    ['a list for an object', { rope_scaling: [1] }, /"rope_scaling"/],
    ['a scaling without its factor', { rope_scaling: { rope_type: 'linear' } }, /"rope_scaling\.factor".*missing/],
    ['no model type', { model_type: undefined }, /"model_type"/],
    ['an epsilon of zero', { rms_norm_eps: 0 }, /"rms_norm_eps"/],
  ])('names the field for %s', (_, change, message) => {
    const error = errorOf({ ...tinyLlama, ...change });
    expect(error.code).toBe('model-invalid');
    expect(error.message).toMatch(message);
    expect(error.message).toContain('m/config.json');
  });

  it.each([
    ['an unknown activation', { ...tinyLlama, hidden_act: 'xielu' }, /xielu/],
    ['an unknown rotary scaling', { ...tinyLlama, rope_scaling: { rope_type: 'yarn', factor: 2 } }, /yarn/],
    ['quantised weights', { ...tinyLlama, quantization_config: { bits: 4 } }, /quantised/],
    ['attention scaled by the layer', { ...tinyGpt2, scale_attn_by_inverse_layer_idx: true }, /inverse_layer/],
    ['a head with rotation of odd size', { ...tinyLlama, partial_rotary_factor: 0.75 }, /rotating 3/],
  ])('says that %s is not supported', (_, config, message) => {
    const error = errorOf(config);
    expect(error.code).toBe('model-unsupported');
    expect(error.message).toMatch(message);
  });

  it('says that a file is not JSON, or not an object', () => {
    expect(() => parseModelConfig('{', 'x.json')).toThrow(/x\.json is not JSON/);
    expect(() => parseModelConfig('[1]', 'x.json')).toThrow(/does not hold a JSON object/);
  });
});
