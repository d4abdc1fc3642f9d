import { describe, expect, it } from 'vitest';
import { buildLmGraph } from '../../../src/core/architectures/build-lm-graph';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { GraphSession } from '../../../src/core/graph/session';
import { difference, ints, randomParameters, runGraph, textFeeds, tinyModel } from './text-feeds';
import { numbers } from '../graph/numbers';

const feeds = textFeeds(
  [{ tokens: [5, 9, 17, 33, 40] }, { tokens: [6, 8, 90] }],
  [
    { text: 0, time: 2, target: 33 },
    { text: 0, time: 3, target: 40 },
    { text: 1, time: 1, target: 90 },
  ],
);
const lora = { rank: 2, alpha: 4, dropout: 0, targetModules: 'all-linear', layers: [1] };

describe('buildLmGraph', () => {
  it.each(['gpt2', 'gptj', 'gpt-neox', 'llama', 'qwen3'])(
    'trains the top of %s on cached hidden states',
    async (name) => {
      const model = await tinyModel(name);
      const whole = await runGraph(model, { kind: 'train', lora }, feeds);
      const { hidden } = await runGraph(model, { kind: 'trunk', fromLayer: 1 }, feeds);
      expect(hidden!.dims).toEqual([2, 5, 32]);
      const top = await runGraph(model, { kind: 'train', lora, fromLayer: 1 }, { ...feeds, hidden: hidden! });
      expect(Object.keys(top).sort()).toEqual(Object.keys(whole).sort());
      for (const [output, value] of Object.entries(whole))
        expect(difference(top[output]!, value), output).toBeLessThan(1e-5);
    },
  );

  it('trains only what is above a cached trunk, and leaves a tied embedding alone', async () => {
    const model = await tinyModel('llama');
    const names = buildLmGraph(model, { kind: 'train', full: true, fromLayer: 1 }).trainables.map(({ name }) => name);
    expect(names).toContain('model.layers.1.mlp.up_proj.weight');
    expect(names).toContain('model.norm.weight');
    expect(names.filter((name) => /layers\.0|embed/.test(name))).toEqual([]);
  });

  it('computes nothing below the first adapted layer but the forward pass', async () => {
    const model = await tinyModel('llama');
    const all = buildLmGraph(model, { kind: 'train', lora: { ...lora, layers: [0, 1] } });
    const top = buildLmGraph(model, { kind: 'train', lora });
    expect(top.trainables.every(({ name }) => name.includes('.layers.1.'))).toBe(true);
    expect(top.bytes.length).toBeLessThan(0.75 * all.bytes.length);
  });

  it.each(['gptj', 'qwen2'])('restricts the softmax of %s to the allowed tokens', async (name) => {
    const model = await tinyModel(name);
    const all = Array.from({ length: model.config.vocabSize }, (_, token) => token);
    const full = await runGraph(model, { kind: 'score', restrictHead: true }, { ...feeds, allowed_tokens: ints(all) });
    const allowed = [90, 33, 40, 7];
    const restricted = await runGraph(
      model,
      { kind: 'score', restrictHead: true },
      { ...feeds, allowed_tokens: ints(allowed), targets: ints([1, 2, 0]) },
    );
    expect(restricted.distribution!.dims).toEqual([3, 4]);
    for (const row of [0, 1, 2]) {
      const chosen = allowed.map((token) => Math.exp(Number(full.distribution!.data[row * all.length + token])));
      const total = chosen.reduce((sum, probability) => sum + probability, 0);
      chosen.forEach((probability, column) => {
        const actual = Math.exp(Number(restricted.distribution!.data[row * 4 + column]));
        expect(actual).toBeCloseTo(probability / total, 4);
      });
    }
    const target = [1, 2, 0].map((column, row) => restricted.distribution!.data[row * 4 + column]!);
    expect(numbers(restricted.log_probs!)).toEqual(target);
  });

  it('weighs the loss by position', async () => {
    const model = await tinyModel('llama');
    const weights = { data: Float32Array.from([2, 0, 0.5]), dims: [3] };
    const outputs = await runGraph(model, { kind: 'train', lora }, { ...feeds, weights });
    const [first, , third] = numbers(outputs.log_probs!);
    expect(Number(outputs.loss!.data[0])).toBeCloseTo(-2 * first! - 0.5 * third!, 4);
  });

  it('drops the same adapter inputs for the same seed, others for another, and as many as asked', async () => {
    const model = await tinyModel('llama');
    const graph = buildLmGraph(model, { kind: 'train', lora: { ...lora, dropout: 0.5 } });
    const session = await GraphSession.open(graph, { threads: 1 });
    const parameters = randomParameters(graph);
    const lossWith = async (seed: number): Promise<number> =>
      Number((await session.run({ ...feeds, ...parameters, dropout_seed: ints([seed], []) })).loss!.data[0]);
    const losses = [await lossWith(1), await lossWith(2), await lossWith(1)];
    await session.close();
    expect(losses[0]).toBe(losses[2]);
    expect(losses[0]).not.toBe(losses[1]);
  });

  it('names the modules that there are when no layer matches the LoRA targets', async () => {
    const model = await tinyModel('gpt2');
    const spec = { ...lora, targetModules: ['q_proj'] };
    try {
      buildLmGraph(model, { kind: 'train', lora: spec });
      expect.unreachable();
    } catch (error) {
      if (!LiftError.is(error, 'recipe-invalid')) throw error;
      expect(error.hint).toContain('c_attn');
    }
  });

  it('adapts the chosen modules only', async () => {
    const model = await tinyModel('llama');
    const modulesOf = (targetModules: string[] | string): string[] =>
      buildLmGraph(model, { kind: 'train', lora: { ...lora, targetModules } }).trainables.map(({ name }) => name);
    const query = 'model.layers.1.self_attn.q_proj';
    expect(modulesOf(['q_proj'])).toEqual([`${query}.lora_A`, `${query}.lora_B`]);
    expect(modulesOf('.*\\.q_proj')).toEqual([`${query}.lora_A`, `${query}.lora_B`]);
  });
});
