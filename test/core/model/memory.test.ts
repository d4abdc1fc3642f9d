import { mkdir, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { availableMemory } from '../../../src/core/model/available-memory';
import { describeModel } from '../../../src/core/model/describe-model';
import { ensureFits, estimateInferenceMemory, estimateTrainingMemory } from '../../../src/core/model/memory-estimate';
import type { ModelConfig } from '../../../src/core/model/config/model-config';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import { parseModelConfig } from '../../../src/core/model/config/read-model-config';
import { temporaryFolders } from './temporary-folder';
import { randomTensors, tinyLlama, writeTinyModel } from './tiny-model';

const newFolder = temporaryFolders();
const parse = (config: object): ModelConfig => parseModelConfig(JSON.stringify(config), 'c');
const gpt2 = parse({ model_type: 'gpt2', n_embd: 768, n_layer: 12, n_head: 12, vocab_size: 50257 });
const smollm2 = parse({
  model_type: 'llama',
  hidden_size: 576,
  intermediate_size: 1536,
  num_hidden_layers: 30,
  num_attention_heads: 9,
  num_key_value_heads: 3,
  vocab_size: 49152,
  tie_word_embeddings: true,
});

describe('memory estimates', () => {
  // Peak resident sizes measured with onnxruntime-node 1.30 on Linux, two threads.
  it.each([
    ['GPT-2, LoRA on 12 layers, 4 × 128', gpt2, 12, 512, 128, 1.97e9],
    ['GPT-2, LoRA on 4 layers, 4 × 128', gpt2, 4, 512, 128, 1.28e9],
    ['GPT-2, LoRA on 12 layers, 8 × 256', gpt2, 12, 2048, 256, 4.49e9],
    ['SmolLM2-135M, LoRA on 30 layers, 4 × 128', smollm2, 30, 512, 128, 2.79e9],
  ])('are near the measured peak of %s', (_, config, layers, tokens, length, measured) => {
    const { total } = estimateTrainingMemory(config, { kind: 'lora', rank: 8, layers }, tokens, length);
    expect(total / measured).toBeGreaterThan(0.85);
    expect(total / measured).toBeLessThan(1.15);
  });

  it('ask for more to train all weights than adapters, and less to predict', () => {
    const full = estimateTrainingMemory(gpt2, { kind: 'full' }, 512, 128).total;
    const lora = estimateTrainingMemory(gpt2, { kind: 'lora', rank: 8 }, 512, 128).total;
    const predict = estimateInferenceMemory(gpt2, 512, 128).total;
    expect(full).toBeGreaterThan(lora);
    expect(lora).toBeGreaterThan(predict);
    expect(predict).toBeGreaterThan(4 * gpt2.parameterCount);
  });
});

describe('ensureFits', () => {
  const estimate = estimateInferenceMemory(gpt2, 512, 128);

  it('lets pass what fits', () => {
    expect(() => {
      ensureFits(estimate, estimate.total, 'Predicting with gpt2');
    }).not.toThrow();
  });

  it('states what is needed and what is free', () => {
    expect(() => {
      ensureFits({ ...estimate, total: 12.4e9 }, 1.96e9, 'Training gpt2');
    }).toThrow('Training gpt2 needs about 12 GB of memory, and 2.0 GB is free.');
  });
});

describe('availableMemory', () => {
  const meminfo = 'MemTotal: 100 kB\nMemFree: 10 kB\nMemAvailable:   4000 kB\n';

  async function sources(files: Record<string, string>): Promise<{ meminfo: string; cgroup: string }> {
    const folder = await newFolder();
    await mkdir(join(folder, 'memory'));
    for (const [name, text] of Object.entries({ meminfo, ...files })) await writeFile(join(folder, name), text);
    return { meminfo: join(folder, 'meminfo'), cgroup: folder };
  }

  it('takes what the kernel calls available', async () => {
    expect(await availableMemory(await sources({}))).toBe(4000 * 1024);
    expect(await availableMemory(await sources({ 'memory.max': 'max\n', 'memory.current': '5\n' }))).toBe(4000 * 1024);
  });

  it('takes what the limit of a container leaves, with file pages that can be dropped', async () => {
    const second = { 'memory.max': '1000000\n', 'memory.current': '900000\n' };
    expect(await availableMemory(await sources(second))).toBe(100_000);
    expect(await availableMemory(await sources({ ...second, 'memory.stat': 'anon 3\ninactive_file 50000\n' }))).toBe(
      150_000,
    );
    const first = { 'memory/memory.limit_in_bytes': '1000000', 'memory/memory.usage_in_bytes': '1500000' };
    expect(await availableMemory(await sources(first))).toBe(0);
  });

  it('asks the system where there is no such file', async () => {
    const folder = await newFolder();
    const bytes = await availableMemory({ meminfo: join(folder, 'absent'), cgroup: folder });
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(totalmem());
  });
});

describe('describeModel', () => {
  it('tells size, storage and context', async () => {
    const folder = await newFolder();
    await writeTinyModel(folder, tinyLlama, randomTensors(tinyLlama, 'BF16'));
    const model = await openModelFolder(folder);
    expect(describeModel(model)).toEqual({
      modelType: 'llama',
      parameters: model.config.parameterCount,
      bytes: 2 * model.config.parameterCount,
      contextLength: 64,
      storedAs: 'BF16',
    });
  });
});
