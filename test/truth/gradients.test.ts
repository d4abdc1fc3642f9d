import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildLmGraph } from '../../src/core/architectures/build-lm-graph';
import { openModelFolder } from '../../src/core/model/open-model-folder';
import { readTensor } from '../../src/core/model/safetensors/read-safetensors';
import {
  expectClose,
  feedsOf,
  parameterFeeds,
  readAdapterTensors,
  readFixture,
  runOnce,
  tinyModels,
} from './truth-fixture';

const relative = 1e-3;

describe.each(tinyModels)('gradients of %s against PyTorch', (name) => {
  it('agree for a LoRA adapter on every linear layer', async () => {
    const fixture = await readFixture(name);
    const model = await openModelFolder(join(fixture.folder, 'model'));
    const { rank, alpha } = fixture;
    const lora = { rank, alpha, dropout: 0, targetModules: 'all-linear', layers: [0, 1] };
    const graph = buildLmGraph(model, { kind: 'train', lora });
    const adapter = await readAdapterTensors(join(fixture.folder, 'adapter-before'));
    const outputs = await runOnce(graph, { ...feedsOf(fixture.batches[0]!), ...parameterFeeds(graph, adapter) });

    expect(outputs.loss!.data[0]).toBeCloseTo(fixture.loraLoss, 4);
    expect(graph.trainables.map((trainable) => trainable.name).sort()).toEqual([...adapter.keys()].sort());
    for (const trainable of graph.trainables) {
      const gradient = outputs[`grad.${trainable.name}`]!;
      expect(gradient.dims).toEqual(trainable.shape);
      expectClose(gradient.data, fixture.tensors.get(`lora.${trainable.name}`)!, relative, trainable.name);
    }
  });

  it('agree for every tensor of the model', async () => {
    const fixture = await readFixture(name);
    const model = await openModelFolder(join(fixture.folder, 'model'));
    const graph = buildLmGraph(model, { kind: 'train', full: true });
    const entries = [...model.tensors].map(async ([key, entry]) => [key, await readTensor(entry)] as const);
    const weights = new Map(await Promise.all(entries));
    const outputs = await runOnce(graph, { ...feedsOf(fixture.batches[0]!), ...parameterFeeds(graph, weights) });

    expect(outputs.loss!.data[0]).toBeCloseTo(fixture.fullLoss, 4);
    expect(graph.trainables.map((trainable) => trainable.name).sort()).toEqual([...weights.keys()].sort());
    for (const trainable of graph.trainables) {
      const gradient = outputs[`grad.${trainable.name}`]!;
      expectClose(gradient.data, fixture.tensors.get(`full.${trainable.name}`)!, relative, trainable.name);
    }
  });
});
