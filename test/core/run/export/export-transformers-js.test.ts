import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, pipeline } from '@huggingface/transformers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLmGraph } from '../../../../src/core/architectures/build-lm-graph';
import type { LoraSpec } from '../../../../src/core/architectures/lm-graph-spec';
import { Random } from '../../../../src/core/foundation/random';
import { GraphSession } from '../../../../src/core/graph/session';
import type { FeedTensor } from '../../../../src/core/graph/session';
import type { Adapter, AdapterTensor } from '../../../../src/core/model/adapter/adapter';
import type { ModelFolder } from '../../../../src/core/model/model-folder';
import { openModelFolder } from '../../../../src/core/model/open-model-folder';
import { exportTransformersJs } from '../../../../src/core/run/export/export-transformers-js';
import { writeTinyModelFolder } from '../../../helpers/tiny-model-folder';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-export-'));
  env.allowRemoteModels = false;
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const lora: LoraSpec = { rank: 2, alpha: 4, dropout: 0, targetModules: 'all-linear', layers: [0, 1] };
const newTokens = 24;

/** An adapter that changes what the model says: random in both matrices. */
function randomAdapter(model: ModelFolder): Adapter {
  const random = new Random(3);
  const { trainables } = buildLmGraph(model, { kind: 'generate', lora });
  const tensors = trainables.map(({ name, shape }): [string, AdapterTensor] => {
    const size = shape.reduce((product, length) => product * length, 1);
    return [name, { shape, data: Float32Array.from({ length: size }, () => random.normal() * 0.3) }];
  });
  const config = {
    r: lora.rank,
    lora_alpha: lora.alpha,
    lora_dropout: 0,
    target_modules: 'all-linear',
    layers_to_transform: null,
    fan_in_fan_out: model.config.modelType === 'gpt2',
    base_model_name_or_path: model.path,
  };
  return { config, tensors: new Map(tensors) };
}

/** Greedy bytes of the model with its adapter beside it, the whole text computed anew for every token. */
async function greedyBytes(model: ModelFolder, adapter: Adapter, prompt: string): Promise<number[]> {
  const graph = buildLmGraph(model, { kind: 'generate', lora });
  const session = await GraphSession.open(graph, { threads: 1 });
  const text = [...Buffer.from(prompt)];
  for (let step = 0; step < newTokens; step++) {
    const integers = (values: readonly number[]): FeedTensor => ({
      data: BigInt64Array.from(values, BigInt),
      dims: [1, values.length],
    });
    const feeds: Record<string, FeedTensor> = {
      input_ids: integers(text),
      attention_mask: integers(text.map(() => 1)),
      position_ids: integers(text.map((_, index) => index)),
    };
    for (const { name, shape } of graph.inputs) {
      const dims = shape.map((size) => (size === 'batch' ? 1 : size === 'past' ? 0 : (size as number)));
      if (name.startsWith('past')) feeds[name] = { data: new Float32Array(0), dims };
    }
    for (const [name, { data, shape }] of adapter.tensors) feeds[name] = { data, dims: shape };
    const { logits } = await session.run(feeds);
    const vocabulary = logits!.dims.at(-1)!;
    const last = Array.from(logits!.data.slice(-vocabulary), Number);
    text.push(last.indexOf(Math.max(...last)));
  }
  await session.close();
  return text;
}

describe('the export for transformers.js', () => {
  it.each(['llama', 'gpt2'] as const)('continues a text as the adapted model does (%s)', async (kind) => {
    const model = await openModelFolder(await writeTinyModelFolder(join(folder, kind), kind));
    const adapter = randomAdapter(model);
    const out = join(folder, `${kind}-export`);
    await exportTransformersJs(model, adapter, out);

    const prompt = 'A512 B130 ###';
    const expected = Buffer.from(await greedyBytes(model, adapter, prompt));
    const silenced = new Map(
      [...adapter.tensors].map(([name, { shape, data }]) => [name, { shape, data: data.map(() => 0) }]),
    );
    expect(await greedyBytes(model, { ...adapter, tensors: silenced }, prompt)).not.toEqual([...expected]);
    const generate = await pipeline('text-generation', out);
    // Ends at no token: random weights may well say "end of text".
    const [result] = await generate(prompt, { max_new_tokens: newTokens, do_sample: false, eos_token_id: -1 });
    await generate.dispose();
    expect(result).toEqual({ generated_text: expected.toString() });
  });

  it('lists the files that it wrote, and points to the weights beside the graph', async () => {
    const model = await openModelFolder(await writeTinyModelFolder(join(folder, 'plain')));
    const out = join(folder, 'plain-export');
    const files = await exportTransformersJs(model, undefined, out);
    expect(files).toEqual([
      'config.json',
      'generation_config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'onnx/model.onnx',
      'onnx/model.onnx_data',
    ]);
    const graph = await readFile(join(out, 'onnx', 'model.onnx'));
    expect(graph.includes('model.onnx_data')).toBe(true);
    expect(graph.includes(folder)).toBe(false);
  });
});
