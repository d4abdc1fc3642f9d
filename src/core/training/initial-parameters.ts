import type { TrainableSpec } from '../architectures/lm-graph-spec';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { Random } from '../foundation/random';
import type { AdapterTensor } from '../model/adapter/adapter';
import type { ModelFolder } from '../model/model-folder';
import { readTensor } from '../model/safetensors/read-safetensors';

/** The values of everything that is trained, by name, in the order of the graph. */
export type Parameters = ReadonlyMap<string, AdapterTensor>;

/**
 * The values a training starts from: those given in `start` (an adapter, an earlier result) and for the rest what the
 * graph asks: zero, the base model's own, or as PEFT starts lora_A: kaiming-uniform with a = √5, that is uniform in
 * ±1/√in (Hu et al., 2021; `reset_lora_parameters` of peft).
 * @throws LiftError `adapter-invalid` when `start` has a tensor that the graph lacks, or of another shape.
 */
export async function initialParameters(
  trainables: readonly TrainableSpec[],
  model: ModelFolder,
  seed: number,
  start?: Parameters,
): Promise<Parameters> {
  const known = new Set(trainables.map((trainable) => trainable.name));
  for (const name of start?.keys() ?? []) {
    if (!known.has(name)) {
      throw new LiftError(
        'adapter-invalid',
        phrase`The adapter to start from has the tensor ${name}, which these settings do not train.`,
        'Train with the same rank, target modules and layers as the adapter, or start without it.',
      );
    }
  }
  const parameters = new Map<string, AdapterTensor>();
  for (const trainable of trainables) {
    const { name, shape } = trainable;
    const given = start?.get(name);
    if (given !== undefined && given.shape.join() !== shape.join()) {
      throw new LiftError(
        'adapter-invalid',
        phrase`The tensor ${name} of the adapter to start from has the shape [${given.shape.join(', ')}] instead of [${shape.join(', ')}].`,
        'Train with the same rank and model as the adapter, or start without it.',
      );
    }
    const data = given === undefined ? await initialValues(trainable, model, seed) : given.data.slice();
    parameters.set(name, { shape, data });
  }
  return parameters;
}

async function initialValues(
  { name, shape, init }: TrainableSpec,
  model: ModelFolder,
  seed: number,
): Promise<Float32Array> {
  switch (init) {
    case 'zero':
      return new Float32Array(shape.reduce((product, size) => product * size, 1));
    case 'kaiming': {
      const bound = 1 / Math.sqrt(shape.at(-1)!);
      const random = Random.derive(seed, `lora ${name}`);
      const size = shape.reduce((product, length) => product * length, 1);
      return Float32Array.from({ length: size }, () => bound * (2 * random.next() - 1));
    }
    case 'base':
      return readTensor(model.tensors.get(name)!);
  }
}

/** An independent copy. */
export function copyParameters(parameters: Parameters): Parameters {
  return new Map([...parameters].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
}
