import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { predict } from '../../../../src/core/run/predict';
import { openAiRuns, patience, rows } from './openai-runs';

const runs = openAiRuns();

/** Questions that the service has answered, each as often as it has. */
const answered = (): string[] =>
  runs.api.exchanges.flatMap(({ path, status, answer, body }) =>
    path === '/chat/completions' && status === 200 && answer !== undefined ? [body.toString()] : [],
  );

it(
  'answers that were paid for are kept when a prediction is stopped, and not asked for again',
  async () => {
    const stop = new AbortController();
    runs.api.trouble = () => {
      if (answered().length === 5) stop.abort();
      return undefined;
    };
    const wish = runs.request();
    await expect(runs.run(wish, stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
    const kept = (await readFile(join(wish.out, 'answers.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(kept.length).toBeGreaterThanOrEqual(4);
    expect(kept.join()).not.toMatch(/width|confidential/);
    runs.api.trouble = () => undefined;
    const before = answered();
    const { metrics } = await runs.run(runs.resumed(wish));
    expect(metrics.test.count).toBe(8);
    // Of 14 rows all but those whose answers were here.
    expect(answered().length - before.length).toBe(14 - kept.length);
  },
  patience,
);

it(
  'a connection that breaks off for good costs no answer twice',
  async () => {
    runs.api.trouble = ({ path }) => (path === '/chat/completions' && answered().length >= 6 ? 'cut' : undefined);
    const wish = runs.request();
    await expect(runs.run(wish)).rejects.toMatchObject({ code: 'network' });
    runs.api.trouble = () => undefined;
    // A crash has cut the last line.
    await appendFile(join(wish.out, 'answers.jsonl'), '{"asked":"1234');
    await runs.run(runs.resumed(wish));
    expect(answered()).toHaveLength(14);
    expect(new Set(answered()).size).toBe(14);
  },
  patience,
);

it(
  'a table that holds rows of the run is asked about the others alone, and a second time about none',
  async () => {
    const wish = runs.request();
    await runs.run(wish);
    const asked = { run: wish.out, dataset: runs.table };
    const context = { emit: () => undefined };
    const first = await predict({ ...asked, out: join(wish.out, 'first.csv') }, context, () => runs.backend());
    expect(answered()).toHaveLength(rows);
    const { size } = await stat(join(wish.out, 'answers.jsonl'));
    const second = await predict({ ...asked, out: join(wish.out, 'second.csv') }, context, () => runs.backend());
    expect(answered()).toHaveLength(rows);
    expect((await stat(join(wish.out, 'answers.jsonl'))).size).toBe(size);
    expect(await readFile(second.out, 'utf8')).toBe(await readFile(first.out, 'utf8'));
  },
  patience,
);
