/** `adapter_config.json` of PEFT, by its own names, as far as LIFT uses it. */
export interface AdapterConfig {
  readonly r: number;
  readonly lora_alpha: number;
  readonly lora_dropout: number;
  /** Module names (`q_proj`), or one regular expression over full names, or `all-linear`. */
  readonly target_modules: readonly string[] | string;
  /** Layers that are adapted; null means all. */
  readonly layers_to_transform: readonly number[] | null;
  /** True for GPT-2, whose linear layers (`Conv1D`) store [in, out]. */
  readonly fan_in_fan_out: boolean;
  readonly base_model_name_or_path: string;
}

/** Float32 values of one adapter matrix. */
export interface AdapterTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A LoRA adapter (Hu et al., 2021, arXiv:2106.09685): for a layer y = W x it adds (lora_alpha / r) · B A x. */
export interface Adapter {
  readonly config: AdapterConfig;
  /** `model.layers.0.self_attn.q_proj.lora_A` [r, in] and `….lora_B` [out, r]: PEFT's names without its prefix and suffix. */
  readonly tensors: ReadonlyMap<string, AdapterTensor>;
}
