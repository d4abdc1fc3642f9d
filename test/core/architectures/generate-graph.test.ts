import { describe, expect, it } from 'vitest';
import { buildLmGraph } from '../../../src/core/architectures/build-lm-graph';
import { GraphSession } from '../../../src/core/graph/session';
import type { FeedTensor } from '../../../src/core/graph/session';
import type { ModelFolder } from '../../../src/core/model/model-folder';
import { readFixture } from '../../truth/truth-fixture';
import { tinyModel } from './text-feeds';

function longs(rows: readonly (readonly number[])[]): FeedTensor {
  return { data: BigInt64Array.from(rows.flat(), BigInt), dims: [rows.length, rows[0]!.length] };
}

function emptyCache({ config }: ModelFolder, batch: number): Record<string, FeedTensor> {
  const empty = { data: new Float32Array(0), dims: [batch, config.kvHeads, 0, config.headDim] };
  const names = Array.from({ length: config.layers }, (_, layer) => ['key', 'value'].map((part) => `${layer}.${part}`));
  return Object.fromEntries(names.flat().map((name) => [`past_key_values.${name}`, empty]));
}

/** Greedy generation with the cache, after prompts of one length; `pads` tokens of padding come first in each row. */
async function generate(model: ModelFolder, prompts: number[][], count: number, pads: number[]): Promise<number[][]> {
  const session = await GraphSession.open(buildLmGraph(model, { kind: 'generate' }), { threads: 1 });
  const texts = prompts.map((prompt, row) => [...Array<number>(pads[row]!).fill(0), ...prompt]);
  let fresh = texts.map((text) => [...text]);
  let cache = emptyCache(model, prompts.length);
  for (let step = 0; step < count; step++) {
    const outputs = await session.run({
      ...cache,
      input_ids: longs(fresh),
      attention_mask: longs(texts.map((text, row) => text.map((_, at) => Number(at >= pads[row]!)))),
      position_ids: longs(
        fresh.map((tokens, row) => {
          const first = texts[row]!.length - tokens.length;
          return tokens.map((_, at) => Math.max(0, first + at - pads[row]!));
        }),
      ),
    });
    const { data, dims } = outputs.logits!;
    fresh = texts.map((text, row) => {
      const start = ((row + 1) * dims[1]! - 1) * dims[2]!;
      const logits = Array.from(data.subarray(start, start + dims[2]!), Number);
      const next = logits.indexOf(Math.max(...logits));
      text.push(next);
      return [next];
    });
    cache = Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name.replace('present', 'past_key_values'), value]),
    );
  }
  await session.close();
  return texts.map((text, row) => text.slice(pads[row]));
}

describe.each(['gpt2', 'gptj', 'gpt-neox', 'llama', 'qwen2', 'qwen3'])('the generate graph of %s', (name) => {
  it('continues greedily as transformers does', async () => {
    const { prompt, generated } = await readFixture(name);
    const count = generated![0]!.length - prompt![0]!.length;
    const texts = await generate(await tinyModel(name), prompt!, count, [0, 0, 0]);
    // The end token of the fixtures is 1; transformers pads what follows it.
    const untilEnd = (tokens: number[]): number[] =>
      tokens.slice(0, (tokens.indexOf(1, 2) + 1 || tokens.length + 1) - 1);
    expect(texts.map(untilEnd)).toEqual(generated!.map(untilEnd));
  });

  it('is not disturbed by padding on the left', async () => {
    const model = await tinyModel(name);
    const { prompt } = await readFixture(name);
    const plain = await generate(model, prompt!, 5, [0, 0, 0]);
    const rows = prompt!.map((tokens, row) => tokens.slice(row === 1 ? 1 : 0));
    const shorter = await generate(model, [rows[1]!], 5, [0]);
    const padded = await generate(model, rows, 5, [0, 1, 0]);
    expect(padded).toEqual([plain[0], shorter[0], plain[2]]);
  });
});
