import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { LmGraph } from '../../src/core/architectures/lm-graph-spec';
import { GraphSession } from '../../src/core/graph/session';
import { readSafetensorsHeader, readTensor } from '../../src/core/model/safetensors/read-safetensors';
import type { FeedTensor } from '../../src/core/graph/session';
import { positionFeeds } from '../../src/core/training/batches/feeds';

/** A batch as transformers takes it: right-padded texts, labels −100 where there is no loss. */
export interface TruthBatch {
  readonly input_ids: number[][];
  readonly attention_mask: number[][];
  readonly labels: number[][];
}

/** What PyTorch computed for one model, see make_fixtures.py. */
export interface TruthFixture {
  readonly folder: string;
  readonly batches: readonly TruthBatch[];
  readonly fullLoss: number;
  readonly loraLoss: number;
  readonly rank: number;
  readonly alpha: number;
  readonly curve?: readonly number[];
  readonly learningRate?: number;
  readonly weightDecay?: number;
  readonly prompt?: number[][];
  readonly generated?: number[][];
  readonly full?: Readonly<Record<string, { norm: number; product: number }>>;
  readonly tensors: ReadonlyMap<string, Float32Array>;
}

export const tinyModels = [
  'gpt2',
  'gptj',
  'gpt-neox',
  'gpt-neox-sequential',
  'llama',
  'llama3-bf16',
  'qwen2',
  'qwen3',
] as const;

export async function readFixture(name: string): Promise<TruthFixture> {
  const folder = join(import.meta.dirname, 'fixtures', name);
  const facts = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Omit<
    TruthFixture,
    'folder' | 'tensors'
  >;
  return { ...facts, folder, tensors: await readTensors(join(folder, 'expected.safetensors')) };
}

/** All float tensors of a safetensors file. */
export async function readTensors(file: string): Promise<Map<string, Float32Array>> {
  const { tensors } = await readSafetensorsHeader(file);
  const read = tensors.map(
    async ({ name, shape, offset, bytes }) =>
      [name, await readTensor({ file, dtype: 'F32', shape, offset, bytes })] as const,
  );
  return new Map(await Promise.all(read));
}

/** The values of an adapter by LIFT's names, which are PEFT's without its prefix and suffix. */
export async function readAdapterTensors(folder: string): Promise<Map<string, Float32Array>> {
  const tensors = await readTensors(join(folder, 'adapter_model.safetensors'));
  const bare = (name: string): string => name.replace(/^base_model\.model\./, '').replace(/\.weight$/, '');
  return new Map([...tensors].map(([name, values]) => [bare(name), values]));
}

/** The feeds of a text graph that asks for the loss of transformers: the mean over all labels but −100. */
export function feedsOf(batch: TruthBatch): Record<string, FeedTensor> {
  const time = batch.input_ids[0]!.length;
  const shape = [batch.input_ids.length, time];
  const asked = batch.labels.flatMap((row, text) =>
    row.flatMap((label, at) => (label === -100 ? [] : [{ position: text * time + at - 1, target: label }])),
  );
  return {
    input_ids: ints(batch.input_ids.flat(), shape),
    position_ids: ints(
      batch.input_ids.flatMap((row) => [...row.keys()]),
      shape,
    ),
    visible_until: ints(
      batch.input_ids.flatMap((row) => row.map(() => time)),
      shape,
    ),
    ...positionFeeds(
      Int32Array.from(asked, ({ position }) => position),
      { rows: batch.input_ids.length, length: time },
    ),
    targets: ints(asked.map(({ target }) => target)),
    weights: { data: new Float32Array(asked.length).fill(1 / asked.length), dims: [asked.length] },
  };
}

/** The feeds that ask for the log-probability of every token of the vocabulary after every token that is not padding. */
export function everyTokenFeeds(batch: TruthBatch, vocabulary: number): Record<string, FeedTensor> {
  const time = batch.input_ids[0]!.length;
  const real = batch.attention_mask.flatMap((row, text) =>
    row.flatMap((bit, at) => (bit === 1 ? [text * time + at] : [])),
  );
  return {
    ...feedsOf(batch),
    ...positionFeeds(Int32Array.from(real), { rows: batch.input_ids.length, length: time }),
    targets: ints(real.map(() => 0)),
    allowed_tokens: ints(Array.from({ length: vocabulary }, (_, token) => token)),
  };
}

export function ints(values: readonly number[], dims: readonly number[] = [values.length]): FeedTensor {
  return { data: Int32Array.from(values), dims };
}

/** Fails unless every value is within `tolerance` of the largest magnitude among the expected values. */
export function expectClose(actual: FeedTensor['data'], expected: Float32Array, tolerance: number, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  const worst = expected.reduce((most, value, at) => Math.max(most, Math.abs(Number(actual[at]) - value)), 0);
  expect(worst / scale, what).toBeLessThan(tolerance);
}

/** Runs a graph once in a session of its own. */
export async function runOnce(graph: LmGraph, feeds: Record<string, FeedTensor>): Promise<Record<string, FeedTensor>> {
  const session = await GraphSession.open(graph, { threads: 1 });
  try {
    return await session.run(feeds);
  } finally {
    await session.close();
  }
}

/** A feed for every trainable of a graph. */
export function parameterFeeds(graph: LmGraph, values: ReadonlyMap<string, Float32Array>): Record<string, FeedTensor> {
  return Object.fromEntries(
    graph.trainables.map(({ name, shape }) => [name, { data: values.get(name)!, dims: shape }]),
  );
}

/** Fails unless every log-probability is within 1e-4. Compares log-probabilities: the graph gives those, and logits are free up to one number per token. */
export function expectSameDistribution({ data, dims }: FeedTensor, logits: Float32Array, batch: TruthBatch): void {
  const vocabulary = dims[1]!;
  const real = batch.attention_mask.flat().flatMap((bit, at) => (bit === 1 ? [at] : []));
  expect(dims[0]).toBe(real.length);
  real.forEach((token, row) => {
    const expected = logits.subarray(token * vocabulary, (token + 1) * vocabulary);
    const most = Math.max(...expected);
    const logSum = most + Math.log(expected.reduce((sum, value) => sum + Math.exp(value - most), 0));
    expected.forEach((value, column) => {
      expect(Math.abs(Number(data[row * vocabulary + column]) - (value - logSum))).toBeLessThan(1e-4);
    });
  });
}
