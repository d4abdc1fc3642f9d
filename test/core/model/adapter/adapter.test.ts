import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/core/foundation/random';
import { checkAdapter, type Adapter } from '../../../../src/core/model/adapter/adapter';
import { mergeAdapter } from '../../../../src/core/model/adapter/merge-adapter';
import type { ModelConfig } from '../../../../src/core/model/config/model-config';
import { openModelFolder } from '../../../../src/core/model/open-model-folder';
import { readAdapter } from '../../../../src/core/model/adapter/read-adapter';
import { parseModelConfig } from '../../../../src/core/model/config/read-model-config';
import { readSafetensorsHeader, readTensor } from '../../../../src/core/model/safetensors/read-safetensors';
import { linearLayers } from '../../../../src/core/model/safetensors/tensor-shapes';
import { writeAdapter } from '../../../../src/core/model/adapter/write-adapter';
import { writeModelFolder } from '../../../../src/core/model/write-model-folder';
import { writeSafetensors } from '../../../../src/core/model/safetensors/write-safetensors';
import { randomAdapter } from '../random-adapter';
import { temporaryFolders } from '../temporary-folder';
import { randomTensors, tinyGpt2, tinyLlama, writeTinyModel } from '../tiny-model';

const newFolder = temporaryFolders();
const parse = (config: object): ModelConfig => parseModelConfig(JSON.stringify(config), 'c');
const llama = parse(tinyLlama);

async function writtenConfig(adapter: Adapter): Promise<Record<string, unknown>> {
  const folder = await newFolder();
  await writeAdapter(folder, adapter);
  return JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8')) as Record<string, unknown>;
}

/** Writes an adapter whose configuration has other fields too, and reads it. */
async function readWith(fields: object): Promise<Adapter> {
  const folder = await newFolder();
  await writeAdapter(folder, randomAdapter(llama));
  const path = join(folder, 'adapter_config.json');
  const config = JSON.parse(await readFile(path, 'utf8')) as object;
  await writeFile(path, JSON.stringify({ ...config, ...fields }));
  return readAdapter(folder);
}

describe('adapters', () => {
  it.each([tinyLlama, tinyGpt2])('are read as they were written', async (config) => {
    const adapter = randomAdapter(parse(config), { layers: [1], targets: ['c_attn', 'self_attn.q_proj'] });
    const folder = join(await newFolder(), 'new', 'folder');
    await writeAdapter(folder, adapter);
    expect(await readAdapter(folder)).toEqual(adapter);
  });

  it('have the file names, tensor names and types of PEFT', async () => {
    const folder = await newFolder();
    await writeAdapter(folder, randomAdapter(llama, { layers: [0], targets: ['q_proj'] }));
    const { tensors } = await readSafetensorsHeader(join(folder, 'adapter_model.safetensors'));
    expect(tensors.map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
      ['base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight', 'F32', [4, 16]],
      ['base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight', 'F32', [16, 4]],
    ]);
  });

  it('name the modules of all-linear, which PEFT does not combine with a choice of layers', async () => {
    const adapter = randomAdapter(parse(tinyGpt2), { layers: [1] });
    expect(adapter.config.target_modules).toBe('all-linear');
    expect(await writtenConfig(adapter)).toMatchObject({
      peft_type: 'LORA',
      task_type: 'CAUSAL_LM',
      target_modules: ['attn.c_attn', 'attn.c_proj', 'mlp.c_fc', 'mlp.c_proj'],
      layers_to_transform: [1],
      fan_in_fan_out: true,
    });
  });

  it('that are rank-stabilised are read with the same effect', async () => {
    const plain = await readWith({});
    expect((await readWith({ use_rslora: true })).config.lora_alpha).toBe(plain.config.lora_alpha * 2);
  });

  it('may leave out what has a default, and give one layer as a number', async () => {
    const fields = { layers_to_transform: 1, lora_dropout: undefined, base_model_name_or_path: null, bias: undefined };
    expect((await readWith(fields)).config).toMatchObject({
      layers_to_transform: [1],
      lora_dropout: 0,
      base_model_name_or_path: '',
    });
  });

  it.each([
    ['of another method', { peft_type: 'IA3' }, /"IA3", not LORA/],
    ['with DoRA', { use_dora: true }, /use_dora/],
    ['with trained biases', { bias: 'all' }, /bias/],
    ['with trained embeddings', { modules_to_save: ['wte'] }, /modules_to_save/],
    ['with several ranks', { rank_pattern: { q_proj: 4 } }, /rank_pattern/],
    ['without a rank', { r: 0 }, /"r"/],
    ['without a scale', { lora_alpha: null }, /"lora_alpha"/],
    ['without targets', { target_modules: null }, /"target_modules"/],
    ['with layers by name', { layers_to_transform: ['top'] }, /"layers_to_transform"/],
  ])('%s are refused with the reason', async (_, fields, message) => {
    await expect(readWith(fields)).rejects.toMatchObject({
      code: 'adapter-invalid',
      message: expect.stringMatching(message) as string,
    });
  });

  it('that are damaged or missing are refused', async () => {
    const folder = await newFolder();
    await expect(readAdapter(folder)).rejects.toMatchObject({ code: 'adapter-invalid' });
    await writeAdapter(folder, randomAdapter(llama));
    const weights = join(folder, 'adapter_model.safetensors');
    await writeFile(weights, (await readFile(weights)).subarray(0, 900));
    await expect(readAdapter(folder)).rejects.toThrow(/cannot be read: .*truncated/);
    await writeSafetensors(weights, new Map());
    await expect(readAdapter(folder)).rejects.toThrow(/holds no tensors/);
    const other = { dtype: 'F32', shape: [1], data: Float32Array.of(1) } as const;
    await writeSafetensors(weights, new Map([['base_model.model.wte.weight', other]]));
    await expect(readAdapter(folder)).rejects.toThrow(/no LoRA matrix/);
    await writeFile(join(folder, 'adapter_config.json'), '{');
    await expect(readAdapter(folder)).rejects.toThrow(/not JSON/);
  });
});

describe('checkAdapter', () => {
  const adapter = randomAdapter(llama);

  it('accepts an adapter of the same shapes', () => {
    expect(() => {
      checkAdapter(adapter, llama);
    }).not.toThrow();
  });

  it('names the matrix that does not fit', () => {
    expect(() => {
      checkAdapter(adapter, parse(tinyGpt2));
    }).toThrow(/belongs to no layer of the gpt2 model/);
    expect(() => {
      checkAdapter(adapter, parse({ ...tinyLlama, intermediate_size: 32 }));
    }).toThrow(/\[4, 24\].*\[4, 32\]|\[24, 4\].*\[32, 4\]/);
    const half = new Map([...adapter.tensors].filter(([name]) => !name.endsWith('layers.1.mlp.up_proj.lora_B')));
    expect(() => {
      checkAdapter({ ...adapter, tensors: half }, llama);
    }).toThrow(/up_proj\.lora_A" is there without/);
  });
});

describe('merging and writing a model', () => {
  it.each([tinyLlama, tinyGpt2])('adds the scaled product of the matrices to the weight', async (config) => {
    const folder = await newFolder();
    await writeTinyModel(folder, config);
    const model = await openModelFolder(folder);
    const adapter = randomAdapter(model.config, { layers: [1] });
    const merged = await mergeAdapter(model, adapter);
    const layer = linearLayers(model.config).at(-1)!;
    const before = await readTensor(model.tensors.get(`${layer.name}.weight`)!);
    const a = adapter.tensors.get(`${layer.name}.lora_A`)!.data;
    const b = adapter.tensors.get(`${layer.name}.lora_B`)!.data;
    const random = new Random(1);
    for (let trial = 0; trial < 20; trial++) {
      const [input, output] = [random.below(layer.inputs), random.below(layer.outputs)];
      let product = 0;
      for (let k = 0; k < 4; k++) product += b[output * 4 + k]! * a[k * layer.inputs + input]!;
      const at = layer.transposed ? input * layer.outputs + output : output * layer.inputs + input;
      expect(merged.get(`${layer.name}.weight`)![at]).toBeCloseTo(before[at]! + (8 / 4) * product, 5);
    }
    expect([...merged.keys()].every((name) => name.includes('.1.'))).toBe(true);
  });

  it('writes a folder that opens, with replaced weights and the files of the tokenizer', async () => {
    const folder = await newFolder();
    await writeTinyModel(folder, tinyLlama, randomTensors(tinyLlama, 'BF16'));
    await writeFile(join(folder, 'tokenizer.json'), '{"a":1}', { mode: 0o444 });
    const base = await openModelFolder(folder);
    const target = join(await newFolder(), 'tuned');
    const norm = Float32Array.from({ length: 16 }, (_, index) => index / 7);
    for (let round = 0; round < 2; round++)
      await writeModelFolder(target, base, new Map([['model.norm.weight', norm]]));
    const tuned = await openModelFolder(target);
    expect(await readTensor(tuned.tensors.get('model.norm.weight')!)).toEqual(norm);
    const [embedding, original] = [tuned, base].map(({ tensors }) => tensors.get('model.embed_tokens.weight')!);
    expect(await readTensor(embedding!)).toEqual(await readTensor(original!));
    expect(embedding!.dtype).toBe('F32');
    expect(tuned.config.raw).toMatchObject({ ...tinyLlama, dtype: 'float32', torch_dtype: 'float32' });
    expect(await readFile(join(target, 'tokenizer.json'), 'utf8')).toBe('{"a":1}');
  });

  it('refuses a weight that the model does not have', async () => {
    const folder = await newFolder();
    await writeTinyModel(folder);
    const base = await openModelFolder(folder);
    const weights = new Map([['model.nothing.weight', new Float32Array(1)]]);
    await expect(writeModelFolder(await newFolder(), base, weights)).rejects.toThrow(
      'no tensor "model.nothing.weight"',
    );
  });
});
