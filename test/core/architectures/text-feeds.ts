import { join } from 'node:path';
import { buildLmGraph } from '../../../src/core/architectures/build-lm-graph';
import type { LmGraph, LmGraphSpec } from '../../../src/core/architectures/lm-graph-spec';
import { Random } from '../../../src/core/foundation/random';
import { GraphSession } from '../../../src/core/graph/session';
import type { FeedTensor } from '../../../src/core/graph/session';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import type { ModelFolder } from '../../../src/core/model/model-folder';
import { positionFeeds } from '../../../src/core/training/batches/feeds';
import { numbers } from '../graph/numbers';

/** A tiny random model of the truth fixtures. */
export function tinyModel(name: string): Promise<ModelFolder> {
  return openModelFolder(join(import.meta.dirname, '../../truth/fixtures', name, 'model'));
}

export function ints(values: readonly number[], dims: readonly number[] = [values.length]): FeedTensor {
  return { data: Int32Array.from(values), dims };
}

export interface Text {
  readonly tokens: readonly number[];
  readonly positions?: readonly number[];
  readonly visibleUntil?: readonly number[];
}

/** Feeds of texts, padded on the right, that ask for `targets` after `positions` (text, time). */
export function textFeeds(
  texts: readonly Text[],
  asked: readonly { text: number; time: number; target: number }[],
): Record<string, FeedTensor> {
  const time = Math.max(...texts.map(({ tokens }) => tokens.length));
  const padded = (values: readonly number[], fill: number): number[] =>
    Array.from({ length: time }, (_, at) => values[at] ?? fill);
  const dims = [texts.length, time];
  return {
    input_ids: ints(
      texts.flatMap(({ tokens }) => padded(tokens, 0)),
      dims,
    ),
    position_ids: ints(
      texts.flatMap(({ tokens, positions }) => padded(positions ?? [...tokens.keys()], 0)),
      dims,
    ),
    visible_until: ints(
      texts.flatMap(({ tokens, visibleUntil }) => padded(visibleUntil ?? tokens.map(() => time), 0)),
      dims,
    ),
    ...positionFeeds(
      Int32Array.from(asked, (each) => each.text * time + each.time),
      { rows: texts.length, length: time },
    ),
    targets: ints(asked.map(({ target }) => target)),
    weights: { data: new Float32Array(asked.length).fill(1 / asked.length), dims: [asked.length] },
  };
}

/** Small random values for every trainable of a graph; the same for the same name. */
export function randomParameters(graph: LmGraph): Record<string, FeedTensor> {
  return Object.fromEntries(
    graph.trainables.map(({ name, shape }) => {
      const random = Random.derive(3, name);
      const length = shape.reduce((product, dim) => product * dim, 1);
      return [name, { data: Float32Array.from({ length }, () => 0.1 * random.normal()), dims: shape }];
    }),
  );
}

/** Builds a graph and runs it once, with random values for its trainables. */
export async function runGraph(
  model: ModelFolder,
  spec: LmGraphSpec,
  feeds: Readonly<Record<string, FeedTensor>>,
): Promise<Record<string, FeedTensor>> {
  const graph = buildLmGraph(model, spec);
  const session = await GraphSession.open(graph, { threads: 1 });
  try {
    return await session.run({ ...randomParameters(graph), ...feeds });
  } finally {
    await session.close();
  }
}

/** The largest difference between two tensors of one size. */
export function difference(left: FeedTensor, right: FeedTensor): number {
  const [values, others] = [numbers(left), numbers(right)];
  if (values.length !== others.length) return Infinity;
  return Math.max(...values.map((value, at) => Math.abs(value - others[at]!)));
}
