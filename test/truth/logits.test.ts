import { join } from 'node:path';
import { describe, it } from 'vitest';
import { buildLmGraph } from '../../src/core/architectures/build-lm-graph';
import { openModelFolder } from '../../src/core/model/open-model-folder';
import {
  everyTokenFeeds,
  expectSameDistribution,
  parameterFeeds,
  readAdapterTensors,
  readFixture,
  runOnce,
  tinyModels,
} from './truth-fixture';

describe.each(tinyModels)('logits of %s against PyTorch', (name) => {
  it('agree at every token that is not padding', async () => {
    const fixture = await readFixture(name);
    const model = await openModelFolder(join(fixture.folder, 'model'));
    const graph = buildLmGraph(model, { kind: 'score', restrictHead: true });
    const { distribution } = await runOnce(graph, everyTokenFeeds(fixture.batches[0]!, model.config.vocabSize));
    expectSameDistribution(distribution!, fixture.tensors.get('logits')!, fixture.batches[0]!);
  });

  it('agree with an adapter, whose dropout is for training only', async () => {
    const fixture = await readFixture(name);
    const model = await openModelFolder(join(fixture.folder, 'model'));
    const { rank, alpha } = fixture;
    const lora = { rank, alpha, dropout: 0.5, targetModules: 'all-linear', layers: [0, 1] };
    const graph = buildLmGraph(model, { kind: 'score', lora, restrictHead: true });
    const adapter = await readAdapterTensors(join(fixture.folder, 'adapter-before'));
    const feeds = everyTokenFeeds(fixture.batches[0]!, model.config.vocabSize);
    const { distribution } = await runOnce(graph, { ...feeds, ...parameterFeeds(graph, adapter) });
    expectSameDistribution(distribution!, fixture.tensors.get('adapted_logits')!, fixture.batches[0]!);
  });
});
