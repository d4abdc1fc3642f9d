import { Random } from '../foundation/random';
import type { ModelFolder } from './model-folder';
import { writeModelFolder } from './write-model-folder';

/** How language models are initialised (GPT-2, Llama): normal, with this standard deviation. */
const deviation = 0.02;

/**
 * Writes a model of the same shape and tokenizer with random weights: matrices normal, biases zero, norms one. The same base
 * gives the same model. Throws as `writeModelFolder`.
 */
export async function writeRandomModel(folder: string, base: ModelFolder, seed = 0): Promise<void> {
  const weights = new Map<string, Float32Array>();
  for (const [name, { shape }] of base.tensors) {
    const length = shape.reduce((product, size) => product * size, 1);
    const random = Random.derive(seed, `weights ${name}`);
    const fill = name.endsWith('.bias') ? 0 : 1;
    const isMatrix = shape.length > 1;
    weights.set(
      name,
      isMatrix ? Float32Array.from({ length }, () => deviation * random.normal()) : new Float32Array(length).fill(fill),
    );
  }
  await writeModelFolder(folder, base, weights);
}
