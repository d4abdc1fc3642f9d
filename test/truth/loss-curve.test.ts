import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openModelFolder } from '../../src/core/model/open-model-folder';
import { readAdapter } from '../../src/core/model/adapter/read-adapter';
import type { TokenExample } from '../../src/core/training/batches/token-example';
import { trainAdapter } from '../../src/core/training/train-adapter';
import { expectClose, readAdapterTensors, readFixture, tinyModels } from './truth-fixture';
import type { TruthBatch } from './truth-fixture';

/** The texts of a batch without padding; a label for a text's first token asks for nothing. */
function examplesOf({ input_ids, attention_mask, labels }: TruthBatch): TokenExample[] {
  return input_ids.map((ids, row) => {
    const length = attention_mask[row]!.reduce((sum, bit) => sum + bit, 0);
    const asked = labels[row]!.flatMap((label, at) => (label !== -100 && at > 0 ? [at] : []));
    return { tokens: Int32Array.from(ids.slice(0, length)), lossPositions: Int32Array.from(asked) };
  });
}

describe.each(tinyModels)('training of %s against PyTorch and PEFT', (name) => {
  it('goes through the same losses for twenty steps of AdamW, and ends with the same adapter', async () => {
    const fixture = await readFixture(name);
    const batches = fixture.batches.map(examplesOf);
    const start = await readAdapter(join(fixture.folder, 'adapter-before'));
    const { parameters, history } = await trainAdapter({
      model: await openModelFolder(join(fixture.folder, 'model')),
      // Every epoch is one step on one of the batches.
      train: (epoch) => batches[(epoch - 1) % batches.length]!,
      validation: [],
      settings: {
        method: 'lora',
        lora: { rank: fixture.rank, alpha: fixture.alpha, dropout: 0, targetModules: 'all-linear', layers: 'all' },
        epochs: fixture.curve!.length,
        steps: null,
        batchTokens: 4096,
        accumulate: 1,
        learningRate: fixture.learningRate!,
        schedule: 'constant',
        warmup: 0,
        weightDecay: fixture.weightDecay!,
        clip: 0,
        softmax: 'full',
        patience: 0,
        seed: 0,
        cacheTrunk: false,
      },
      start: start.tensors,
      threads: 1,
    });
    const losses = history.slice(1).map(({ trainLoss }) => trainLoss!);
    expect(losses).toHaveLength(20);
    for (const [step, loss] of losses.entries()) {
      expect(Math.abs(loss - fixture.curve![step]!), `step ${step + 1}`).toBeLessThan(1e-3);
    }
    const after = await readAdapterTensors(join(fixture.folder, 'adapter-after'));
    for (const [tensor, { data }] of parameters) expectClose(data, after.get(tensor)!, 5e-3, tensor);
  });
});
