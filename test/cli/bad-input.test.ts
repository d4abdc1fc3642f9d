import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleCli, temporaryFolder } from '../helpers/bundle';
import { CliProcess, eventsOf } from '../helpers/cli-process';
import type { CliResult, JsonEvent } from '../helpers/cli-process';
import { flowersCsv } from '../helpers/tables';
import { writeTinyModelFolder } from '../helpers/tiny-model-folder';

/** Programs take their time to start on a busy machine. */
const patience = 120_000;

let folder: string;
let cli: string;

const pathIn = (...parts: string[]): string => join(folder, ...parts);

beforeAll(async () => {
  folder = await temporaryFolder();
  cli = await bundleCli(pathIn('dist'));
  await writeTinyModelFolder(pathIn('model'));
  await writeFile(pathIn('flowers.csv'), flowersCsv(40));
}, patience);

const lift = (...args: string[]): Promise<CliResult> => new CliProcess(cli, args, folder).ended;

let runs = 0;

/** Fine-tunes as shortly as possible. */
async function fineTune(table: string | Buffer, target: string, ...more: string[]): Promise<CliResult> {
  const name = `table-${++runs}`;
  await writeFile(pathIn(`${name}.csv`), table);
  const set = ['training.epochs=1', 'training.maxRows=8'].flatMap((field) => ['--set', field]);
  const args = [`${name}.csv`, '--target', target, '--model', 'model', '--threads', '1', ...set];
  const out = more.includes('--out') ? [] : ['--out', `run-${runs}`];
  return lift('fine-tune', ...args, '--no-baselines', '--json', ...out, ...more);
}

/** The one error of a call that failed, which must be fit for people: no stack, no folder of a run left behind. */
async function errorOf(result: CliResult): Promise<JsonEvent> {
  expect(result.code).toBe(1);
  expect(result.err).toBe('');
  expect(result.out).not.toMatch(/\n? +at .*[:(]\d+/);
  expect(await readdir(folder)).not.toContain(`run-${runs}`);
  const error = eventsOf(result).at(-1)!;
  expect(error.event).toBe('error');
  return error;
}

function noticesOf(result: CliResult): string {
  const notices = eventsOf(result).filter(({ event }) => event === 'notice');
  return notices.map(({ message }) => message).join('\n');
}

const rows = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${row(index)}\n`).join('');

describe('a table that cannot be used', () => {
  it.each<[string, string | Buffer, string, string, RegExp]>([
    ['is empty', '', 'y', 'csv-empty', /empty/],
    ['has a header only', 'x,y\n', 'y', 'csv-empty', /header but no rows/],
    ['has one column', `y\n${rows(40, (row) => String(row % 2))}`, 'y', 'target-invalid', /nothing to predict/],
    ['lacks the target', flowersCsv(40), 'sizes', 'column-missing', /no column "sizes"/],
    [
      'has one class only',
      `x,y\n${rows(40, (row) => `${row},a`)}`,
      'y',
      'target-invalid',
      /only one value|in every row/,
    ],
    ['has a target without values', `x,y\n${rows(40, (row) => `${row},`)}`, 'y', 'target-invalid', /empty|no values/],
    ['has too few rows', 'x,y\n1,a\n2,b\n3,a\n', 'y', 'target-invalid', /3 rows/],
    ['has an unclosed quote', `x,y\n1,a\n"2,b\n${rows(40, (row) => `${row},a`)}`, 'y', 'csv-invalid', /quote/],
    ['is no text', Buffer.from([0x50, 0x4b, 3, 4, ...new Array<number>(400).fill(0)]), 'y', 'csv-invalid', /./],
  ])('%s', async (_, table, target, code, message) => {
    const error = await errorOf(await fineTune(table, target));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint).not.toBe('');
  });

  it('has numbers to learn that are no numbers', async () => {
    const table = `x,y\n${rows(40, (row) => `${row},${row % 2 ? 'many' : row * 1.5}`)}`;
    const error = await errorOf(await fineTune(table, 'y', '--task', 'regression'));
    expect(error).toMatchObject({ code: 'target-invalid' });
    expect(error.message).toContain('many');
  });

  it('is not there, is a folder, or may not be read', async () => {
    runs++;
    const missing = await lift('fine-tune', 'nothing.csv', '--target', 'y', '--model', 'model', '--json');
    expect(await errorOf(missing)).toMatchObject({ code: 'file-not-found' });
    const isFolder = await lift('fine-tune', 'model', '--target', 'y', '--model', 'model', '--json');
    expect(await errorOf(isFolder)).toMatchObject({ code: 'file-unreadable' });
  });

  it.skipIf(process.platform === 'win32')(
    'lies in a folder that may not be read (Windows has no such modes)',
    async () => {
      runs++;
      await chmod(folder, 0o755);
      await mkdir(pathIn('closed'));
      await cp(pathIn('flowers.csv'), pathIn('closed', 'flowers.csv'));
      await chmod(pathIn('closed'), 0);
      // Root may read everything, so it tries as nobody.
      const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
      const args = ['fine-tune', 'closed/flowers.csv', '--target', 'size', '--model', 'model', '--json'];
      const result = await new CliProcess(cli, args, folder, nobody).ended;
      await chmod(pathIn('closed'), 0o700);
      expect(await errorOf(result)).toMatchObject({ code: 'file-unreadable' });
    },
  );
});

describe('a table that is used after a repair, which is reported', () => {
  const good = flowersCsv(40).trimEnd().split('\n');

  it.each<[string, string | Buffer, RegExp]>([
    [
      'has a constant column',
      good.map((line, row) => `${line},${row === 0 ? 'same' : 'x'}\n`).join(''),
      /left out of prompts: "same" \(every row says "x"\)/,
    ],
    ['has NUL bytes', good.map((line, row) => `${line}${row === 3 ? '\0' : ''}\n`).join(''), /NUL/],
    ['is in Latin-1', Buffer.from(good.join('\n').replaceAll('red', 'grün'), 'latin1'), /windows-1252|latin/i],
    [
      'has rows of unequal length',
      good.map((line, row) => `${line}${row === 5 ? ',more' : ''}\n`).join('') + '1,red\n',
      /cells/,
    ],
    [
      'has numbers that are none',
      good.map((line, row) => (row === 4 ? 'inf,red,NaN,small\n' : `${line}\n`)).join(''),
      /inf|NaN/i,
    ],
  ])('%s', async (_, table, notice) => {
    const result = await fineTune(table, 'size');
    expect(eventsOf(result).at(-1)).toMatchObject({ event: 'done' });
    expect(noticesOf(result)).toMatch(notice);
  });

  it('has mixed delimiters', async () => {
    const table = good.map((line, row) => `${row % 4 === 3 ? line.replaceAll(',', ';') : line}\n`).join('');
    const result = await fineTune(table, 'size');
    // Rows of the other delimiter have one cell: each is either repaired with a notice, or too many of them is an error.
    const last = eventsOf(result).at(-1)!;
    expect([last.event === 'done' ? noticesOf(result) : last.message]).toEqual([
      expect.stringMatching(/cell|delimiter/),
    ]);
    expect(result.err).toBe('');
  });

  it('has ten thousand columns, of which the prompt cannot tell all', async () => {
    const names = Array.from({ length: 10_000 }, (_, column) => `c${column}`);
    const table = [
      `${names.join(',')},y`,
      ...Array.from({ length: 20 }, (_, row) => `${names.map(() => row).join(',')},${row % 2}`),
    ];
    const error = await errorOf(await fineTune(table.join('\n'), 'y'));
    expect(error).toMatchObject({ code: 'prompt-too-long' });
  });

  it('has a cell of a megabyte, which the prompt cannot hold', async () => {
    const table = `x,y\n${rows(40, (row) => `${row === 0 ? 'long '.repeat(200_000) : `word${row}`},${row % 2 ? 'a' : 'b'}`)}`;
    const error = await errorOf(
      await fineTune(table, 'y', '--set', 'features.x.include=true', '--set', 'training.maxRows=100'),
    );
    expect(error).toMatchObject({ code: 'prompt-too-long' });
    expect(error.message).toMatch(/line 2 needs [\d,]+ tokens with its answer, but the model reads at most 256/);
  });
});

describe('a model that cannot be used', () => {
  const withModel = (model: string, ...more: string[]): Promise<CliResult> =>
    fineTune(flowersCsv(40), 'size', '--set', `model.id=${model}`, ...more);

  it('is cut short', async () => {
    await cp(pathIn('model'), pathIn('truncated'), { recursive: true });
    await truncate(pathIn('truncated', 'model.safetensors'), 5000);
    const error = await errorOf(await withModel('truncated'));
    expect(error.code).toBe('model-invalid');
    expect(error.message).toContain('truncated');
  });

  it('has the tokenizer of another model', async () => {
    await cp(pathIn('model'), pathIn('mismatched'), { recursive: true });
    const file = pathIn('mismatched', 'tokenizer.json');
    const tokenizer = JSON.parse(await readFile(file, 'utf8')) as { model: { vocab: Record<string, number> } };
    tokenizer.model.vocab.foreign = 5000;
    await writeFile(file, JSON.stringify(tokenizer));
    expect(await errorOf(await withModel('mismatched'))).toMatchObject({ code: 'tokenizer-invalid' });
  });

  it('is of an unknown architecture, or not there', async () => {
    await cp(pathIn('model'), pathIn('unknown'), { recursive: true });
    await writeFile(pathIn('unknown', 'config.json'), JSON.stringify({ model_type: 'bert' }));
    const error = await errorOf(await withModel('unknown'));
    expect(error.code).toBe('model-unsupported');
    expect(`${String(error.message)} ${String(error.hint)}`).toContain('llama');
    expect(await errorOf(await withModel('./nowhere'))).toMatchObject({ code: 'model-not-found' });
  });

  it('needs more memory than there is', async () => {
    const size = { hidden_size: 65_536, intermediate_size: 262_144, num_hidden_layers: 40, num_attention_heads: 512 };
    await writeHugeModel(size);
    const error = await errorOf(await withModel('huge'));
    expect(error.code).toBe('model-too-large');
    expect(error.message).toMatch(/needs about \d[\d,.]* GB of memory, and [\d.]+ GB is free/);
  });

  it('reads less than a prompt has', async () => {
    await writeTinyModelFolder(pathIn('short'), 'llama', 24);
    const error = await errorOf(await withModel('short'));
    expect(error.code).toBe('prompt-too-long');
    expect(error.message).toMatch(/line \d+ needs \d+ tokens with its answer, but the model reads at most 24/);
  });

  /** A model folder whose weights are a sparse file: all there, and no byte of it on the disk. */
  async function writeHugeModel(size: Record<string, number>): Promise<void> {
    await cp(pathIn('model'), pathIn('huge'), { recursive: true });
    const old = JSON.parse(await readFile(pathIn('model', 'config.json'), 'utf8')) as object;
    const config = { ...old, ...size, num_key_value_heads: 512 };
    await writeFile(pathIn('huge', 'config.json'), JSON.stringify(config));
    const { architectureTensors, countElements } = await import('../../src/core/model/safetensors/tensor-shapes');
    const { parseModelConfig } = await import('../../src/core/model/config/read-model-config');
    const header: Record<string, unknown> = {};
    let end = 0;
    for (const [name, shape] of architectureTensors(parseModelConfig(JSON.stringify(config), 'config.json'))) {
      const start = end;
      end += 4 * countElements(shape);
      header[name] = { dtype: 'F32', shape, data_offsets: [start, end] };
    }
    const json = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    await writeFile(pathIn('huge', 'model.safetensors'), Buffer.concat([length, json]));
    await truncate(pathIn('huge', 'model.safetensors'), 8 + json.length + end);
  }
});

describe('a full disk', () => {
  const mount = pathIn.bind(undefined, 'disk');

  /** A disk of a few hundred kilobytes; only root can have one. */
  function smallDisk(): boolean {
    try {
      execFileSync('mkdir', ['-p', mount()]);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', mount()], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  it('is said, and the run can be resumed when there is space again', async ({ skip }) => {
    if (!smallDisk()) skip('No small disk can be mounted here: that takes root on Linux.');
    try {
      await writeFile(mount('filler'), Buffer.alloc(250_000));
      const result = await fineTune(flowersCsv(40), 'size', '--set', 'training.method=full', '--out', mount('run'));
      expect(result.code).toBe(1);
      expect(eventsOf(result).at(-1)).toMatchObject({ event: 'error', code: 'disk-full' });
      execFileSync('rm', [mount('filler')]);
      const resumed = await lift('fine-tune', '--resume', mount('run'), '--no-baselines', '--json');
      expect(eventsOf(resumed).at(-1)).toMatchObject({ event: 'done' });
    } finally {
      execFileSync('umount', [mount()]);
    }
  });
});

describe('wrong usage', () => {
  it('ends with code 2, says what was meant, and prints no stack', async () => {
    const result = await lift('fine-tune', 'flowers.csv', '--traget', 'size');
    expect(result).toEqual({ code: 2, out: '', err: 'Error: There is no option --traget.\nDid you mean --target?\n' });
    expect((await lift('fintune')).err).toBe('Error: There is no command "fintune".\nDid you mean fine-tune?\n');
    const field = await lift(
      'fine-tune',
      'flowers.csv',
      '--target',
      'size',
      '--model',
      'model',
      '--set',
      'training.epoch=3',
    );
    expect(field.code).toBe(2);
    expect(field.err).toContain('training.epochs');
  });

  it('shows the help of the program and of each command', async () => {
    const help = await lift('--help');
    expect(help.code).toBe(0);
    for (const name of ['preview', 'fine-tune', 'predict', 'evaluate', 'baselines', 'export']) {
      expect(help.out).toContain(name);
      const own = await lift(name, '--help');
      expect(own).toMatchObject({ code: 0, err: '' });
      expect(own.out).toContain(`Usage: lift ${name}`);
    }
  });
});
