import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleCli, temporaryFolder } from '../helpers/bundle';
import { CliProcess, eventsOf } from '../helpers/cli-process';
import type { CliResult } from '../helpers/cli-process';
import { flowersCsv } from '../helpers/tables';
import { writeTinyModelFolder } from '../helpers/tiny-model-folder';

/** Programs take their time to start on a busy machine. */
const patience = 120_000;

let folder: string;
let cli: string;

const lift = (...args: string[]): Promise<CliResult> => new CliProcess(cli, args, folder).ended;
const pathIn = (...parts: string[]): string => join(folder, ...parts);
const read = (...parts: string[]): Promise<string> => readFile(pathIn(...parts), 'utf8');

beforeAll(async () => {
  folder = await temporaryFolder();
  cli = await bundleCli(join(folder, 'dist'));
  await writeTinyModelFolder(pathIn('model'));
  await writeFile(pathIn('flowers.csv'), flowersCsv(60));
}, patience);

const quick = ['--model', 'model', '--threads', '1', '--set', 'training.epochs=1'];

describe('a classification from the command line', () => {
  let result: CliResult;

  beforeAll(async () => {
    const args = ['flowers.csv', '--target', 'size', ...quick, '--set', 'examples.rows=2', '--out', 'run'];
    result = await lift('fine-tune', ...args, '--json');
  }, patience);

  it('ends with the metrics of LIFT and of the baselines, in JSON lines only', () => {
    expect(result.code).toBe(0);
    expect(result.err).toBe('');
    const done = eventsOf(result).at(-1)!;
    expect(Object.keys(done)).toEqual(['event', 'run', 'metrics', 'timing', 'fallbacks']);
    expect(done).toMatchObject({
      event: 'done',
      run: pathIn('run'),
      metrics: {
        test: { count: 12, accuracy: expect.any(Number) as number, logLoss: expect.any(Number) as number },
        validation: { count: 10 },
        baselines: { majority: { test: { count: 12 } }, 'logistic-regression': { test: { accuracy: 1 } } },
      },
      timing: {
        training: expect.any(Number) as number,
        trainTokensPerSecond: expect.any(Number) as number,
        predictRowsPerSecond: expect.any(Number) as number,
      },
      fallbacks: {},
    });
  });

  it('leaves a run folder with all that it takes to understand and to predict again', async () => {
    expect(JSON.parse(await read('run', 'run.json'))).toMatchObject({ state: 'done', task: 'classification' });
    expect(JSON.parse(await read('run', 'recipe.lift.json'))).toMatchObject({ target: { column: 'size' } });
    const split = JSON.parse(await read('run', 'split.json')) as Record<'train' | 'validation' | 'test', number[]>;
    const all = [...split.train, ...split.validation, ...split.test].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 60 }, (_, row) => row));
    expect(JSON.parse(await read('run', 'adapter', 'adapter_config.json'))).toMatchObject({ peft_type: 'LORA' });
    const log = (await read('run', 'log.jsonl')).trimEnd().split('\n');
    expect(log.map((line) => (JSON.parse(line) as { event: string }).event)).toContain('epoch');
  });

  it('writes the predictions beside their lines, with a probability for each class', async () => {
    const [header, ...rows]: string[][] = parse(await read('run', 'predictions.csv'));
    expect(header).toEqual([
      'row', 'line', 'part', 'truth', 'prediction', 'confidence', 'p(large)', 'p(small)', 'fallback',
    ]); // prettier-ignore
    expect(rows).toHaveLength(22);
    const lines = (await read('flowers.csv')).split('\n');
    for (const [row, line, , truth, , , large, small] of rows) {
      expect(Number(line)).toBe(Number(row) + 2);
      expect(lines[Number(line) - 1]!.endsWith(truth!)).toBe(true);
      expect(Number(large) + Number(small)).toBeCloseTo(1, 6);
    }
  });

  it('predicts and evaluates other tables by column name, with extra columns and without the target', async () => {
    await writeFile(pathIn('new.csv'), 'note,colour,price,width\nx,red,15.1,10\ny,blue,135.2,90\n');
    const predicted = await lift('predict', 'run', 'new.csv', '--json', '--out', 'new-predictions.csv');
    const done = eventsOf(predicted).at(-1)!;
    expect(done).toMatchObject({ event: 'done', rows: 2, out: pathIn('new-predictions.csv') });
    expect(done.metrics).toBeUndefined();
    expect(parse(await read('new-predictions.csv'))).toHaveLength(3);

    const unmeasured = await lift('evaluate', 'run', 'new.csv', '--json');
    expect(unmeasured.code).toBe(1);
    expect(eventsOf(unmeasured).at(-1)).toMatchObject({ event: 'error', code: 'target-invalid' });
    const measured = await lift('evaluate', 'run', 'flowers.csv', '--json');
    expect(eventsOf(measured).at(-1)).toMatchObject({ event: 'done', rows: 60, metrics: { count: 60 } });
  });

  it('predicts a row alike in the run, in its own table again, and in another table', async () => {
    const sure = (cells: readonly string[]): number => Number(cells[5]);
    const [, ...inRun]: string[][] = parse(await read('run', 'predictions.csv'));
    const test = inRun.filter(([, , part]) => part === 'test');

    expect((await lift('predict', 'run', 'flowers.csv', '--out', 'again.csv')).code).toBe(0);
    const [, ...again]: string[][] = parse(await read('again.csv'));
    expect(again).toHaveLength(60);
    expect(again.filter(([, , part]) => part === 'train')).toHaveLength(38);

    const [header, ...lines] = (await read('flowers.csv')).trimEnd().split('\n');
    const testLines = test.map(([row]) => lines[Number(row)]!);
    await writeFile(pathIn('test-rows.csv'), [header, ...testLines].join('\n'));
    expect((await lift('predict', 'run', 'test-rows.csv', '--out', 'alone.csv')).code).toBe(0);
    const [, ...alone]: string[][] = parse(await read('alone.csv'));

    test.forEach((cells, index) => {
      expect(sure(again[Number(cells[0])]!)).toBeCloseTo(sure(cells), 4);
      expect(sure(alone[index]!)).toBeCloseTo(sure(cells), 4);
      expect(alone[index]![2]).toBe('new');
    });
  });

  it('names the columns that another table lacks', async () => {
    await writeFile(pathIn('lacking.csv'), 'Colours,width\nred,10\nblue,90\n');
    const result = await lift('predict', 'run', 'lacking.csv');
    expect(result.code).toBe(1);
    expect(result.err).toContain('lacks the columns "colour", "price"');
    expect(result.err).toContain('Did you mean "Colours" for "colour"?');
  });

  it('never writes to the table', async () => {
    const result = await lift('predict', 'run', 'flowers.csv', '--out', 'flowers.csv');
    expect(result.code).toBe(2);
    expect(await read('flowers.csv')).toBe(flowersCsv(60));
  });

  it('exports the adapter for Python and a whole model for transformers.js', async () => {
    expect((await lift('export', 'run', '--format', 'peft', '--out', 'peft')).code).toBe(0);
    expect(await read('peft', 'adapter_config.json')).toBe(await read('run', 'adapter', 'adapter_config.json'));
    const result = await lift('export', 'run', '--format', 'transformers.js', '--out', 'onnx', '--json');
    expect(eventsOf(result).at(-1)!.files).toContain('onnx/model.onnx');
    const again = await lift('export', 'run', '--format', 'peft', '--out', 'peft');
    expect(again.code).toBe(2);
    expect(again.err).toContain('not empty');
  });

  it('gives the same predictions when it is run again', async () => {
    const args = ['flowers.csv', '--target', 'size', ...quick, '--set', 'examples.rows=2', '--out', 'again'];
    expect((await lift('fine-tune', ...args, '--no-baselines')).code).toBe(0);
    expect(await read('again', 'predictions.csv')).toBe(await read('run', 'predictions.csv'));
  });
});

describe('a regression from the command line', () => {
  it('predicts numbers with intervals, and reads like a report for people', async () => {
    const args = ['flowers.csv', '--target', 'price', ...quick, '--set', 'training.method=full', '--out', 'prices'];
    const result = await lift('fine-tune', ...args);
    expect(result.code).toBe(0);
    expect(result.out).toContain('RMSE');
    expect(result.out).toContain('LIFT is behind on this table');
    expect(result.out).not.toContain('\u001b');
    const [header, first]: string[][] = parse(await read('prices', 'predictions.csv'));
    expect(header).toEqual(['row', 'line', 'part', 'truth', 'prediction', 'lower', 'upper', 'fallback']);
    const [prediction, lower, upper] = first!.slice(4, 7).map(Number);
    expect(lower).toBeLessThanOrEqual(prediction!);
    expect(upper).toBeGreaterThanOrEqual(prediction!);

    // The whole model was trained: it is a model folder of its own, which predicts without the base model.
    expect(JSON.parse(await read('prices', 'model', 'config.json'))).toMatchObject({ model_type: 'llama' });
    expect((await lift('predict', 'prices', 'flowers.csv')).code).toBe(0);
    const peft = await lift('export', 'prices', '--format', 'peft', '--out', 'no-adapter');
    expect(peft.err).toContain('there is no adapter');
  });

  it('decodes numbers as they are written in the table', async () => {
    const set = ['target.format=as-is', 'training.maxRows=10'].flatMap((field) => ['--set', field]);
    const args = ['flowers.csv', '--target', 'price', ...quick, ...set, '--out', 'plain', '--no-baselines'];
    expect((await lift('fine-tune', ...args)).code).toBe(0);
    const [, ...rows]: string[][] = parse(await read('plain', 'predictions.csv'));
    for (const row of rows) expect(Number(row[4])).not.toBeNaN();
  });
});

describe('a recipe', () => {
  it('says all that the command line does not, with paths relative to itself', async () => {
    await mkdir(pathIn('recipes'));
    const recipe = {
      version: 1,
      dataset: '../flowers.csv',
      task: 'classification',
      target: { column: 'size', labels: { small: 'tiny' } },
      features: [{ column: 'width' }, { column: 'colour' }],
      template: { name: 'paper-names' },
      examples: { rows: 0 },
      model: { id: '../model' },
      training: { method: 'lora', epochs: 1 },
      note: 'kept as it is',
    };
    await writeFile(pathIn('recipes', 'sizes.lift.json'), JSON.stringify(recipe));
    const args = ['--recipe', 'recipes/sizes.lift.json', '--out', 'from-recipe', '--no-baselines', '--json'];
    const result = await lift('fine-tune', ...args, '--seed', '3');
    expect(eventsOf(result).at(-1)).toMatchObject({ event: 'done' });
    expect(JSON.parse(await read('from-recipe', 'recipe.lift.json'))).toMatchObject({
      dataset: pathIn('flowers.csv'),
      model: { id: pathIn('model') },
      split: { seed: 3 },
      training: { seed: 3 },
      note: 'kept as it is',
    });
    const other = await lift('fine-tune', 'flowers.csv', '--target', 'price', ...args);
    expect(other.code).toBe(2);
    expect(other.err + other.out).toContain('predicts \\"size\\", not \\"price\\"');
  });

  it('may start from what an earlier run has trained', async () => {
    const start = ['flowers.csv', '--target', 'size', ...quick, '--no-baselines', '--json'];
    const lossBefore = (result: CliResult): number => {
      const said = eventsOf(result).map(({ message }) => String(message));
      return Number(/Before training: validation loss (\d+\.\d+)/.exec(said.join('\n'))?.[1]);
    };
    const fast = ['--set', 'training.learningRate=0.02'];
    const first = await lift('fine-tune', ...start, ...fast, '--out', 'first');
    const second = await lift('fine-tune', ...start, '--set', 'training.startFrom=first', '--out', 'second');
    const epoch = eventsOf(first).find(({ event }) => event === 'epoch')!;
    expect(lossBefore(second)).toBeCloseTo(epoch.validationLoss as number, 3);
    expect(lossBefore(second)).toBeLessThan(lossBefore(first));
    const nowhere = await lift('fine-tune', ...start, '--set', 'training.startFrom=nowhere');
    expect(eventsOf(nowhere).at(-1)).toMatchObject({ event: 'error', code: 'recipe-invalid' });
  });
});

describe('paper mode', () => {
  it('generates text and counts what could not be read', async () => {
    const args = ['flowers.csv', '--target', 'size', ...quick, '--set', 'prediction.mode=paper', '--out', 'paper'];
    const result = await lift('fine-tune', ...args, '--no-baselines', '--json');
    const done = eventsOf(result).at(-1)!;
    expect(done).toMatchObject({ event: 'done', metrics: { test: { accuracy: 0, unreadable: 12 } } });
    // A model of random weights writes no class: all 12 test and all 10 validation rows.
    expect(done.fallbacks).toEqual({ 'unreadable answer': 22 });
  });
});

describe('a preview from the command line', () => {
  it('is the very text that the model reads, with its length', async () => {
    const args = [
      'preview',
      'flowers.csv',
      '--target',
      'size',
      '--row',
      '2',
      '--template',
      'paper-names',
      '--model',
      'model',
    ];
    const result = await lift(...args);
    const [, row] = (await read('flowers.csv')).split('\n').slice(1);
    const [width, colour, price, size] = row!.split(',');
    expect(result.out).toContain(
      `When we have width=${width!}, colour=${colour!}, price=${price!}, what should be size? ### ${size!}@@@`,
    );
    expect(result.out).toMatch(/Row 2 \(line 3\), template paper-names; \d+ of 256 tokens\./);
  });

  it('needs no model for the text alone, and says which row there is not', async () => {
    const result = await lift(
      'preview',
      'flowers.csv',
      '--target',
      'size',
      '--row',
      '61',
      '--model',
      'model',
      '--json',
    );
    expect(result.code).toBe(2);
    expect(eventsOf(result).slice(-1)).toEqual([
      expect.objectContaining({ event: 'error', code: 'usage', message: 'There is no row 61: the table has 60 rows.' }),
    ]);
  });
});

describe('baselines from the command line', () => {
  it('are measured on the test rows, with the settings that were best on validation', async () => {
    const result = await lift('baselines', 'flowers.csv', '--target', 'size');
    expect(result.code).toBe(0);
    expect(result.out).toContain('majority');
    expect(result.out).toContain('random-forest');
    expect(result.out).toContain('best on validation');
  });
});
