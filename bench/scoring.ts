import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../src/core/foundation/random';
import { CompletionTree } from '../src/core/inference/completion-tree';
import { scoreCompletions } from '../src/core/inference/score-completions';
import { Scorer } from '../src/core/inference/scorer';
import { PeerProcess } from './peer-process';
import { isShapeName, randomModel } from './random-model';

const usage = `node bench/run.mjs scoring --python PATH [options]
The probabilities of every class of every row by LIFT, against one greedy answer a row by transformers' generate.
PATH is a Python with torch and transformers.
  --shape gpt2|smollm2 (gpt2)  --threads N (2)  --rounds N (4)
  --rows N (32)  --tokens N (64)  tokens of a prompt     --shared N (0)  of them the same in all rows
  --classes N (3)  --answer N (4)  tokens of an answer with its end mark
  --batch N (1)    rows that the peer generates for at once (the paper's code: 1)`;

const { values: options } = parseArgs({
  options: {
    shape: { type: 'string', default: 'gpt2' },
    python: { type: 'string' },
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '4' },
    rows: { type: 'string', default: '32' },
    tokens: { type: 'string', default: '64' },
    shared: { type: 'string', default: '0' },
    classes: { type: 'string', default: '3' },
    answer: { type: 'string', default: '4' },
    batch: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help || options.python === undefined || !isShapeName(options.shape)) {
  console.log(usage);
  process.exit(options.help ? 0 : 2);
}

const threads = Number(options.threads);
const cache = join('.cache', 'bench', 'models');
mkdirSync(cache, { recursive: true });
const model = await randomModel(options.shape, cache);
const random = new Random(4);
const drawn = (length: number): number[] => Array.from({ length }, () => random.below(model.config.vocabSize));
const answers = Array.from({ length: Number(options.classes) }, () => drawn(Number(options.answer)));
const tree = new CompletionTree(answers);
const beginning = drawn(Number(options.shared));
const rows = Array.from({ length: Number(options.rows) }, () => ({
  prompt: [...beginning, ...drawn(Number(options.tokens) - beginning.length)],
  tree,
}));

const scorer = await Scorer.open(model, { head: 'full', threads });
const peer = await PeerProcess.start(options.python, [
  join('bench', 'generation_peer.py'),
  model.path,
  ...(['threads', 'rows', 'tokens', 'answer', 'batch'] as const).flatMap((key) => [`--${key}`, options[key]]),
]);
const ratios: number[] = [];
for (let round = 0; round < Number(options.rounds); round++) {
  const start = performance.now();
  await scoreCompletions(scorer, rows);
  const seconds = (performance.now() - start) / 1000;
  const theirs = await peer.step();
  console.error(`LIFT ${seconds.toFixed(2)} s, peer ${theirs.seconds.toFixed(2)} s`);
  // The first round warms up.
  if (round > 0) ratios.push(theirs.seconds / seconds);
}
await peer.close();
await scorer.close();
ratios.sort((a, b) => a - b);
const report = { shape: options.shape, rows: rows.length, medianTimesPeer: ratios[Math.floor(ratios.length / 2)] };
console.log(JSON.stringify(report, undefined, 2));
