import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildLmGraph } from '../../src/core/architectures/build-lm-graph';
import { openModelFolder } from '../../src/core/model/open-model-folder';
import { readTensor } from '../../src/core/model/safetensors/read-safetensors';
import {
  everyTokenFeeds,
  expectClose,
  expectSameDistribution,
  feedsOf,
  parameterFeeds,
  readAdapterTensors,
  readFixture,
  runOnce,
} from './truth-fixture';

const models = join(process.env.LIFT_SHARED ?? join('..', 'shared'), 'models');

describe.each(['stories260K', 'stories260K-f16'])('%s against PyTorch', (name) => {
  const folder = join(models, name);
  const absent = !existsSync(folder);
  const title = (text: string): string => (absent ? `${text} (skipped: there is no ${folder})` : text);

  it.skipIf(absent)(title('gives the same logits'), async () => {
    const fixture = await readFixture(name);
    const model = await openModelFolder(folder);
    const graph = buildLmGraph(model, { kind: 'score', restrictHead: true });
    const feeds = everyTokenFeeds(fixture.batches[0]!, model.config.vocabSize);
    const { distribution } = await runOnce(graph, feeds);
    expectSameDistribution(distribution!, fixture.tensors.get('logits')!, fixture.batches[0]!);
  });

  it.skipIf(absent)(title('gives the same adapter gradients'), async () => {
    const fixture = await readFixture(name);
    const model = await openModelFolder(folder);
    const { rank, alpha } = fixture;
    const lora = { rank, alpha, dropout: 0, targetModules: 'all-linear', layers: [0, 1, 2, 3, 4] };
    const graph = buildLmGraph(model, { kind: 'train', lora });
    const adapter = await readAdapterTensors(join(fixture.folder, 'adapter-before'));
    const outputs = await runOnce(graph, { ...feedsOf(fixture.batches[0]!), ...parameterFeeds(graph, adapter) });
    expect(outputs.loss!.data[0]).toBeCloseTo(fixture.loraLoss, 4);
    for (const trainable of graph.trainables) {
      const expected = fixture.tensors.get(`lora.${trainable.name}`)!;
      expectClose(outputs[`grad.${trainable.name}`]!.data, expected, 1e-3, trainable.name);
    }
  });

  it.skipIf(absent)(title('gives the same gradients of all weights'), async () => {
    const fixture = await readFixture(name);
    const model = await openModelFolder(folder);
    const graph = buildLmGraph(model, { kind: 'train', full: true });
    const entries = [...model.tensors].map(async ([key, entry]) => [key, await readTensor(entry)] as const);
    const weights = new Map(await Promise.all(entries));
    const outputs = await runOnce(graph, { ...feedsOf(fixture.batches[0]!), ...parameterFeeds(graph, weights) });
    expect(outputs.loss!.data[0]).toBeCloseTo(fixture.fullLoss, 4);
    for (const [key, { norm, product }] of Object.entries(fixture.full!)) {
      const values = Float64Array.from(outputs[`grad.${key}`]!.data as Float32Array);
      const actualNorm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
      const actualProduct = values.reduce((sum, value, at) => sum + value * Math.sin(at + 1), 0);
      expect(Math.abs(actualNorm - norm) / norm, key).toBeLessThan(1e-3);
      expect(Math.abs(actualProduct - product) / norm, key).toBeLessThan(1e-3);
    }
  });
});
