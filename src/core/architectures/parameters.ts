import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { initializer, input } from '../graph/nodes';
import { cast } from '../graph/ops/cast';
import { dropout } from '../graph/ops/dropout';
import type { Tensor } from '../graph/tensor';
import type { ModelConfig } from '../model/config/model-config';
import type { ModelFolder, TensorEntry } from '../model/model-folder';
import { linearLayers } from '../model/safetensors/tensor-shapes';
import type { LinearLayer } from '../model/safetensors/tensor-shapes';
import type { LmGraphSpec, LoraSpec, TrainableSpec } from './lm-graph-spec';
import { loraTargets } from './lora-targets';

/** The two matrices of an adapter: y += scale · x · downᵀ · upᵀ. */
interface LowRank {
  /** lora_A [rank, inputs] */
  readonly down: Tensor;
  /** lora_B [outputs, rank] */
  readonly up: Tensor;
}

const dtypes = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' } as const;

/**
 * The tensors of a model as the graph uses them: frozen ones are parts of the model's own files, trainable ones are
 * inputs of the graph. A tensor that is used twice (a tied embedding) is one tensor, so its gradient is one sum.
 */
export class Parameters {
  readonly config: ModelConfig;
  readonly lora: LoraSpec | undefined;
  private readonly tensors = new Map<string, Tensor>();
  private readonly inputs = new Map<string, { spec: TrainableSpec; tensor: Tensor }>();
  private readonly linears: ReadonlyMap<string, LinearLayer>;
  private readonly adapted: ReadonlySet<string>;
  private dropoutSeed: Tensor | undefined;
  private dropoutSites = 0;

  constructor(
    private readonly model: ModelFolder,
    private readonly spec: LmGraphSpec,
  ) {
    this.config = model.config;
    this.lora = spec.lora;
    this.linears = new Map(linearLayers(model.config).map((linear) => [linear.name, linear]));
    this.adapted = new Set(spec.lora ? loraTargets(model.config, spec.lora).map(({ name }) => name) : []);
  }

  /** The inputs that training changes, in the order in which the forward pass uses them. */
  get trainables(): { spec: TrainableSpec; tensor: Tensor }[] {
    return [...this.inputs.values()];
  }

  /** A tensor of the model by its name in transformers; `model-invalid` when the files lack it. */
  tensor(name: string): Tensor {
    const known = this.tensors.get(name);
    if (known) return known;
    const entry = this.model.tensors.get(name);
    if (!entry) {
      throw new LiftError('model-invalid', phrase`The model has no tensor "${name}".`, 'Download the model again.');
    }
    const tensor = this.isTrained(name) ? this.trainable(name, entry.shape, 'base') : frozen(entry);
    this.tensors.set(name, tensor);
    return tensor;
  }

  linear(name: string): LinearLayer {
    return this.linears.get(name)!;
  }

  /** The adapter of a linear layer, where it has one. */
  lowRank(name: string): LowRank | undefined {
    if (!this.lora || !this.adapted.has(name)) return undefined;
    const { inputs, outputs } = this.linear(name);
    return {
      down: this.trainable(`${name}.lora_A`, [this.lora.rank, inputs], 'kaiming'),
      up: this.trainable(`${name}.lora_B`, [outputs, this.lora.rank], 'zero'),
    };
  }

  /** The adapters' input with dropout, in the graph that trains; layers of the same input share its mask. */
  dropped(x: Tensor): Tensor {
    const rate = this.spec.kind === 'train' ? (this.lora?.dropout ?? 0) : 0;
    if (rate === 0) return x;
    const seed = (this.dropoutSeed ??= input('dropout_seed', 'int32', []));
    return dropout(x, { seed, site: this.dropoutSites++, rate });
  }

  private trainable(name: string, shape: readonly number[], init: TrainableSpec['init']): Tensor {
    const known = this.inputs.get(name);
    if (known) return known.tensor;
    const tensor = input(name, 'float32', shape);
    this.inputs.set(name, { spec: { name, shape, init, decay: shape.length > 1 }, tensor });
    return tensor;
  }

  /** On a cached trunk the embedding stays as it was when the cache was made, also where it is the head too. */
  private isTrained(name: string): boolean {
    if (!this.spec.full) return false;
    return (this.spec.fromLayer ?? 0) === 0 || !/\.(wte|wpe|embed_in|embed_tokens)\.weight$/.test(name);
  }
}

function frozen({ file, offset, bytes, dtype, shape }: TensorEntry): Tensor {
  return cast(initializer({ kind: 'external', file, offset, bytes }, dtypes[dtype], shape), 'float32');
}
