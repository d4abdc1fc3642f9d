import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildLmGraph } from '../../architectures/build-lm-graph';
import type { Adapter } from '../../model/adapter/adapter';
import { writeCompanionFiles } from '../../model/companion-files';
import type { ModelFolder } from '../../model/model-folder';
import { mergedWeights } from './merged-weights';
import { writeWeightsFile } from '../folder/weights-file';

/** The names that transformers.js looks for: weights of `onnx/model.onnx` beside it, with `_data` behind the name. */
const GRAPH = 'model.onnx';
const WEIGHTS = 'model.onnx_data';
const GENERATION = 'generation_config.json';

/**
 * Writes a model as `@huggingface/transformers` loads it, `pipeline('text-generation', out)`: the graph with key/value cache
 * and the weights with the adapter merged in, configuration and tokenizer. Gives the files, relative to `out`.
 */
export async function exportTransformersJs(
  model: ModelFolder,
  adapter: Adapter | undefined,
  out: string,
): Promise<string[]> {
  await mkdir(join(out, 'onnx'), { recursive: true });
  const weightsPath = join(await realpath(join(out, 'onnx')), WEIGHTS);
  const tensors = await writeWeightsFile(weightsPath, await mergedWeights(model, adapter));
  const graph = buildLmGraph({ ...model, path: out, tensors }, { kind: 'generate' });
  await writeFile(join(out, 'onnx', GRAPH), graph.bytes);

  // Browsers have to be told that there is a second file; Node finds it by its name in the graph.
  const config = { ...model.config.raw, 'transformers.js_config': { use_external_data_format: { [GRAPH]: 1 } } };
  await writeJson(join(out, 'config.json'), config);
  const files = await writeCompanionFiles(model.path, out);
  if (!files.includes(GENERATION)) {
    const { bosToken, eosTokens } = model.config;
    const eos = eosTokens.length === 1 ? eosTokens[0] : eosTokens;
    await writeJson(join(out, GENERATION), { bos_token_id: bosToken, eos_token_id: eos });
    files.unshift(GENERATION);
  }
  return ['config.json', ...files, `onnx/${GRAPH}`, `onnx/${WEIGHTS}`];
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
