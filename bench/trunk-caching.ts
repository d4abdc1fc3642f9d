import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildLmGraph } from '../src/core/architectures/build-lm-graph';
import { Random } from '../src/core/foundation/random';
import { GraphSession } from '../src/core/graph/session';
import type { FeedTensor } from '../src/core/graph/session';
import { PeerProcess } from './peer-process';
import { isShapeName, randomModel } from './random-model';
import { batchFeeds } from './training-work';

const usage = `node bench/run.mjs trunk-caching --python PATH [options]
LoRA on the top third of the layers: the layers below are run once and their result is kept, against transformers with
peft, which runs them in every epoch. PATH is a Python with torch, transformers and peft.
  --shape gpt2|smollm2 (gpt2)   --threads N (2)   --rounds N (6)   --epochs N (5)
  --texts N (4)  --tokens N (128)  --asked N (16)`;

const { values: options } = parseArgs({
  options: {
    shape: { type: 'string', default: 'gpt2' },
    python: { type: 'string' },
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '6' },
    epochs: { type: 'string', default: '5' },
    texts: { type: 'string', default: '4' },
    tokens: { type: 'string', default: '128' },
    asked: { type: 'string', default: '16' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help || options.python === undefined || !isShapeName(options.shape)) {
  console.log(usage);
  process.exit(options.help ? 0 : 2);
}

const rank = 8;
const threads = Number(options.threads);
const batch = { texts: Number(options.texts), tokens: Number(options.tokens), asked: Number(options.asked) };
const cache = join('.cache', 'bench', 'models');
mkdirSync(cache, { recursive: true });
const model = await randomModel(options.shape, cache);
const fromLayer = Math.round((model.config.layers * 2) / 3);
const layers = Array.from({ length: model.config.layers - fromLayer }, (_, index) => fromLayer + index);
const lora = { rank, alpha: 2 * rank, dropout: 0, targetModules: 'all-linear', layers };

const trunk = await GraphSession.open(buildLmGraph(model, { kind: 'trunk', fromLayer }), { threads });
const topGraph = buildLmGraph(model, { kind: 'train', lora, fromLayer });
const top = await GraphSession.open(topGraph, { threads });
const feeds: Record<string, FeedTensor> = batchFeeds(batch, model.config.vocabSize);
const { input_ids, position_ids, visible_until, ...rest } = feeds;
const trunkFeeds = { input_ids: input_ids!, position_ids: position_ids!, visible_until: visible_until! };
const topFeeds: Record<string, FeedTensor> = { position_ids: position_ids!, visible_until: visible_until!, ...rest };
const random = new Random(3);
for (const { name, shape } of topGraph.trainables) {
  const length = shape.reduce((product, size) => product * size, 1);
  topFeeds[name] = { data: Float32Array.from({ length }, () => 0.02 * random.normal()), dims: shape };
}

const peer = await PeerProcess.start(options.python, [
  join('bench', 'training_peer.py'),
  model.path,
  ...['threads', 'texts', 'tokens', 'asked'].flatMap((key) => [`--${key}`, String({ threads, ...batch }[key])]),
  ...['--rank', String(rank), '--first-layer', String(fromLayer)],
]);
const epochs = Number(options.epochs);
const ratios: number[] = [];
for (let round = 0; round < Number(options.rounds); round++) {
  const start = performance.now();
  const { hidden } = await trunk.run(trunkFeeds);
  const cached = performance.now();
  await top.run({ ...topFeeds, hidden: { data: hidden!.data, dims: hidden!.dims } });
  const trained = performance.now();
  const { seconds } = await peer.step();
  const ours = (cached - start + epochs * (trained - cached)) / 1000;
  // The first round warms up.
  if (round > 0) ratios.push((epochs * seconds) / ours);
  console.error(
    `trunk ${(cached - start).toFixed(0)} ms, step ${(trained - cached).toFixed(0)} ms, peer ${(1000 * seconds).toFixed(0)} ms`,
  );
}
await peer.close();
await Promise.all([trunk.close(), top.close()]);
ratios.sort((a, b) => a - b);
const report = { shape: options.shape, fromLayer, epochs, medianTimesPeer: ratios[Math.floor(ratios.length / 2)] };
console.log(JSON.stringify(report, undefined, 2));
