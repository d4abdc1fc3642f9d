import type { ModelConfig } from './config/model-config';

/** The element types of weights that LIFT reads and writes. */
export type WeightType = 'F32' | 'F16' | 'BF16';

/** Where one tensor's bytes lie. */
export interface TensorEntry {
  /** Absolute real path: symbolic links, as in the Hugging Face cache, are resolved. */
  readonly file: string;
  readonly dtype: WeightType;
  readonly shape: readonly number[];
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** An opened model: its configuration and where its weights are. No weight has been read. */
export interface ModelFolder {
  readonly path: string;
  readonly config: ModelConfig;
  /** By the names of the causal language model in transformers: `transformer.h.0.attn.c_attn.weight`, `model.layers.0…`. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** SHA-256 over the configuration, the safetensors headers and the file sizes, in hexadecimal. */
  readonly hash: string;
}
