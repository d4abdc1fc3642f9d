import { appendFile, mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import { readTensor } from '../../../src/core/model/safetensors/read-safetensors';
import { writeSafetensors } from '../../../src/core/model/safetensors/write-safetensors';
import { temporaryFolders } from './temporary-folder';
import { randomTensors, tinyGpt2, tinyLlama, writeTinyModel } from './tiny-model';

const newFolder = temporaryFolders();
const shared = process.env.LIFT_SHARED ?? '../shared';
const stories = join(shared, 'models', 'stories260K');

/** Writes the tiny Llama as two shards with an index. */
async function writeShards(folder: string): Promise<void> {
  const tensors = [...randomTensors(tinyLlama)];
  const shards = [tensors.slice(0, 7), tensors.slice(7)].map((part) => new Map(part));
  const weightMap: Record<string, string> = {};
  for (const [index, shard] of shards.entries()) {
    const name = `model-0000${index + 1}-of-00002.safetensors`;
    await writeSafetensors(join(folder, name), shard);
    for (const tensor of shard.keys()) weightMap[tensor] = name;
  }
  await writeFile(join(folder, 'config.json'), JSON.stringify(tinyLlama));
  await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: weightMap }));
}

describe('openModelFolder', () => {
  it('finds every tensor and reads its values', async () => {
    const folder = await newFolder();
    const written = randomTensors(tinyLlama, 'BF16');
    await writeTinyModel(folder, tinyLlama, written);
    const model = await openModelFolder(folder);
    expect([...model.tensors.keys()].sort()).toEqual([...written.keys()].sort());
    const entry = model.tensors.get('model.norm.weight')!;
    expect(entry).toMatchObject({ dtype: 'BF16', shape: [16], bytes: 32, file: join(folder, 'model.safetensors') });
    const values = await readTensor(entry);
    written.get('model.norm.weight')!.data.forEach((value, index) => {
      expect(values[index]).toBeCloseTo(value, 2);
    });
  });

  it('gives tensors without the prefix of the body their full names and leaves out buffers', async () => {
    const folder = await newFolder();
    const bare = [...randomTensors(tinyGpt2)].map(([name, data]) => [name.replace('transformer.', ''), data] as const);
    const buffer = { dtype: 'F32', shape: [4], data: new Float32Array(4) } as const;
    await writeTinyModel(folder, tinyGpt2, new Map([...bare, ['h.0.attn.bias', buffer]]));
    const { tensors } = await openModelFolder(folder);
    expect(tensors.get('transformer.h.1.attn.c_attn.weight')?.shape).toEqual([16, 48]);
    expect(tensors.has('h.0.attn.bias')).toBe(false);
  });

  it('knows the head of GPT-NeoX by both of its names', async () => {
    const folder = await newFolder();
    const config = { ...tinyLlama, model_type: 'gpt_neox', tie_word_embeddings: false, rotary_pct: 1 };
    const tensors = [...randomTensors(config)].map(
      ([name, data]) => [name.replace('embed_out', 'lm_head'), data] as const,
    );
    await writeTinyModel(folder, config, new Map(tensors));
    expect((await openModelFolder(folder)).tensors.get('embed_out.weight')?.shape).toEqual([300, 16]);
  });

  it('opens shards, also when they are links into one other folder', async () => {
    const blobs = await newFolder();
    await writeShards(blobs);
    expect((await openModelFolder(blobs)).tensors.size).toBe(20);
    const snapshot = await newFolder();
    const names = ['config.json', 'model.safetensors.index.json', 'model-00001-of-00002.safetensors'];
    for (const name of [...names, 'model-00002-of-00002.safetensors']) {
      await symlink(join(blobs, name), join(snapshot, name));
    }
    const linked = await openModelFolder(snapshot);
    expect(linked.path).toBe(snapshot);
    expect(linked.tensors.get('model.norm.weight')?.file).toBe(join(blobs, 'model-00002-of-00002.safetensors'));
  });

  it('refuses shards that lie in different folders, or are missing', async () => {
    const folder = await newFolder();
    await writeShards(folder);
    const second = join(folder, 'model-00002-of-00002.safetensors');
    const elsewhere = join(await newFolder(), 'b.safetensors');
    await writeFile(elsewhere, await readFile(second));
    await rm(second);
    await expect(openModelFolder(folder)).rejects.toThrow(/names model-00002.*does not exist/);
    await symlink(elsewhere, second);
    await expect(openModelFolder(folder)).rejects.toThrow(/lie in different folders/);
  });

  it.each([
    ['not JSON', '{'],
    ['without a map', '{}'],
    ['with a path out of the folder', '{"weight_map":{"a":"../x.safetensors"}}'],
  ])('refuses an index %s', async (_, index) => {
    const folder = await newFolder();
    await writeFile(join(folder, 'config.json'), JSON.stringify(tinyLlama));
    await writeFile(join(folder, 'model.safetensors.index.json'), index);
    await expect(openModelFolder(folder)).rejects.toMatchObject({ code: 'model-invalid' });
  });

  it('names the tensors that are missing', async () => {
    const folder = await newFolder();
    const tensors = randomTensors(tinyLlama);
    tensors.delete('model.layers.1.mlp.up_proj.weight');
    await writeTinyModel(folder, tinyLlama, tensors);
    await expect(openModelFolder(folder)).rejects.toThrow('lack the tensor model.layers.1.mlp.up_proj.weight.');
    await writeTinyModel(folder, tinyLlama, new Map());
    await expect(openModelFolder(folder)).rejects.toThrow(/lack the tensors .* and 15 more\./);
  });

  it('refuses shapes and types that the architecture cannot have', async () => {
    const folder = await newFolder();
    await writeTinyModel(folder, tinyLlama, randomTensors({ ...tinyLlama, intermediate_size: 32 }));
    await expect(openModelFolder(folder)).rejects.toThrow(/gate_proj.*\[32, 16\].*\[24, 16\]/);
    const header = JSON.stringify({
      'model.embed_tokens.weight': { dtype: 'I8', shape: [300, 16], data_offsets: [0, 4800] },
    });
    const length = new Uint8Array(BigUint64Array.of(BigInt(header.length)).buffer);
    await writeFile(
      join(folder, 'model.safetensors'),
      Buffer.concat([length, Buffer.from(header), Buffer.alloc(4800)]),
    );
    await expect(openModelFolder(folder)).rejects.toMatchObject({ code: 'model-unsupported' });
  });

  it('refuses truncated weights', async () => {
    const folder = await newFolder();
    await writeTinyModel(folder);
    await truncate(join(folder, 'model.safetensors'), 5000);
    await expect(openModelFolder(folder)).rejects.toThrow(/truncated/);
  });

  it('says what is missing in a folder that is no model', async () => {
    const folder = await newFolder();
    await expect(openModelFolder(join(folder, 'absent'))).rejects.toMatchObject({ code: 'model-not-found' });
    await expect(openModelFolder(folder)).rejects.toThrow('holds no config.json');
    await writeFile(join(folder, 'config.json'), JSON.stringify(tinyLlama));
    await expect(openModelFolder(folder)).rejects.toThrow('holds neither model.safetensors');
    await writeFile(join(folder, 'pytorch_model.bin'), '');
    await expect(openModelFolder(folder)).rejects.toMatchObject({ hint: /save_pretrained/ });
    await mkdir(join(folder, 'model.safetensors'));
    await expect(openModelFolder(folder)).rejects.toMatchObject({ code: 'model-invalid' });
  });

  it('hashes what the model is: configuration, weights and tokenizer', async () => {
    const folder = await newFolder();
    const hash = async (): Promise<string> => (await openModelFolder(folder)).hash;
    await writeTinyModel(folder);
    const first = await hash();
    expect(await hash()).toBe(first);
    await writeTinyModel(folder, tinyLlama, randomTensors(tinyLlama, 'F32', 1));
    const otherWeights = await hash();
    await writeFile(join(folder, 'tokenizer.json'), '{}');
    const withTokenizer = await hash();
    await appendFile(join(folder, 'config.json'), '\n');
    expect(new Set([first, otherWeights, withTokenizer, await hash()]).size).toBe(4);
  });

  it.skipIf(!existsSync(stories))('opens a real model (skipped where the shared models are absent)', async () => {
    const model = await openModelFolder(stories);
    expect(model.config.parameterCount).toBe(260_032);
    expect(model.tensors.size).toBe(47);
  });
});
