import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildLmGraph } from '../src/core/architectures/build-lm-graph';
import { Random } from '../src/core/foundation/random';
import { GraphSession } from '../src/core/graph/session';
import type { FeedTensor } from '../src/core/graph/session';
import { MatMulPeak } from './matmul-peak';
import { PeerProcess } from './peer-process';
import { isShapeName, randomModel } from './random-model';
import { batchFeeds, stepFlops } from './training-work';

const usage = `node bench/run.mjs training-throughput [options]
LoRA training steps of LIFT, of transformers with peft, and the machine's matrix-product peak, one after the other in rounds.
  --shape gpt2|smollm2   (gpt2)        --threads N  (2)       --rounds N  (8)
  --texts N (4)  --tokens N (128)      --asked N  (16)        tokens with loss in each text
  --python PATH          a Python with torch, transformers and peft; without it there is no peer
  --gather-head          the peer computes its head at the asked tokens only, too
  --profile PREFIX       write the runtime's profile of LIFT's steps`;

const { values: options } = parseArgs({
  options: {
    shape: { type: 'string', default: 'gpt2' },
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '8' },
    texts: { type: 'string', default: '4' },
    tokens: { type: 'string', default: '128' },
    asked: { type: 'string', default: '16' },
    python: { type: 'string' },
    'gather-head': { type: 'boolean', default: false },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help || !isShapeName(options.shape)) {
  console.log(usage);
  process.exit(options.help ? 0 : 2);
}

const rank = 8;
const threads = Number(options.threads);
const batch = { texts: Number(options.texts), tokens: Number(options.tokens), asked: Number(options.asked) };
const cache = join('.cache', 'bench', 'models');
mkdirSync(cache, { recursive: true });
const model = await randomModel(options.shape, cache);
const layers = Array.from({ length: model.config.layers }, (_, layer) => layer);
const lora = { rank, alpha: 2 * rank, dropout: 0, targetModules: 'all-linear', layers };

const started = performance.now();
const graph = buildLmGraph(model, { kind: 'train', lora });
const built = performance.now();
const session = await GraphSession.open(graph, {
  threads,
  ...(options.profile === undefined ? {} : { profilePrefix: options.profile }),
});
const opened = performance.now();

const random = new Random(3);
const feeds: Record<string, FeedTensor> = batchFeeds(batch, model.config.vocabSize);
for (const { name, shape } of graph.trainables) {
  const length = shape.reduce((product, size) => product * size, 1);
  feeds[name] = { data: Float32Array.from({ length }, () => 0.02 * random.normal()), dims: shape };
}

const peer =
  options.python === undefined
    ? undefined
    : await PeerProcess.start(options.python, [
        join('bench', 'training_peer.py'),
        model.path,
        ...['threads', 'texts', 'tokens', 'asked'].flatMap((key) => [`--${key}`, String({ threads, ...batch }[key])]),
        '--rank',
        String(rank),
        ...(options['gather-head'] ? ['--gather-head'] : []),
      ]);
const peak = await MatMulPeak.open(threads);
const rounds: { peak: number; lift: number; peer: number | undefined }[] = [];
let peerMemory = 0;
for (let round = 0; round < Number(options.rounds); round++) {
  const gigaflops = await peak.measure();
  const start = performance.now();
  await session.run(feeds);
  const lift = (performance.now() - start) / 1000;
  const step = await peer?.step();
  if (step) peerMemory = step.memory;
  rounds.push({ peak: Math.max(gigaflops, await peak.measure()), lift, peer: step?.seconds });
}
await peer?.close();
await session.close();

const tokens = batch.texts * batch.tokens;
const gigaflops = stepFlops(model.config, batch, lora) / 1e9;
// The first round warms up.
const warm = rounds.slice(1);
const best = {
  peak: Math.max(...warm.map((round) => round.peak)),
  lift: Math.min(...warm.map((round) => round.lift)),
  peer: Math.min(...warm.map((round) => round.peer ?? Infinity)),
};
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const report = {
  shape: options.shape,
  threads,
  ...batch,
  graphMegabytes: graph.bytes.length / 1e6,
  buildSeconds: (built - started) / 1000,
  openSeconds: (opened - built) / 1000,
  gigaflopsPerStep: gigaflops,
  best: {
    tokensPerSecond: tokens / best.lift,
    gigaflopsPerSecond: gigaflops / best.lift,
    peakGigaflopsPerSecond: best.peak,
    ofPeak: gigaflops / best.lift / best.peak,
    ...(peer ? { peerTokensPerSecond: tokens / best.peer, timesPeer: best.peer / best.lift } : {}),
  },
  medianOfRounds: {
    ofPeak: median(warm.map((round) => gigaflops / round.lift / round.peak)),
    ...(peer ? { timesPeer: median(warm.map((round) => (round.peer ?? NaN) / round.lift)) } : {}),
  },
  peakMemoryMegabytes: process.resourceUsage().maxRSS / 1024,
  ...(peer ? { peerPeakMemoryMegabytes: peerMemory } : {}),
};
console.log(
  JSON.stringify(report, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value), 2),
);
