import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineClient } from '../../../src/engine/engine-client';
import { readRunSummary } from '../../../src/extension/runs/run-summary';
import type { RunSummary } from '../../../src/extension/runs/run-summary';
import { predictRows } from '../../../src/extension/tools/predict-rows';
import { bundleProgram, temporaryFolder } from '../../helpers/bundle';
import { flowersCsv } from '../../helpers/tables';
import { writeTinyModelFolder } from '../../helpers/tiny-model-folder';

describe('predicting rows for a language model', () => {
  let engine: EngineClient;
  let run: RunSummary;

  beforeAll(async () => {
    const folder = await temporaryFolder();
    const enginePath = await bundleProgram('src/engine/engine-main.ts', join(folder, 'engine.js'));
    const dataset = join(folder, 'flowers.csv');
    await writeFile(dataset, flowersCsv(60));
    const model = await writeTinyModelFolder(join(folder, 'model'));
    engine = await EngineClient.start({ enginePath, threads: 1 });
    const { run: path } = await engine.fineTune(
      {
        dataset,
        target: 'size',
        model,
        set: ['training.epochs=1'],
        runsFolder: join(folder, 'runs'),
        baselines: false,
      },
      {},
    );
    run = await readRunSummary(path);
  }, 120_000);

  afterAll(() => engine.close());

  it('gives a class with probabilities for each row, and leaves no file behind', async () => {
    const before = await readdir(tmpdir());
    const rows = [
      { width: 10, colour: 'red', price: 15.5, petals: 5 },
      { width: null, colour: 'say "blue",\nor not', price: '2' },
    ];
    const result = (await predictRows(engine, run, rows, {})) as {
      predictions: { prediction: string; confidence: number; probabilities: Record<string, number> }[];
    };
    expect(result).toMatchObject({ target: 'size', ignoredColumns: ['petals'] });
    expect(result.predictions).toHaveLength(2);
    for (const { prediction, confidence, probabilities } of result.predictions) {
      expect(probabilities[prediction]).toBeCloseTo(confidence, 5);
      expect(Object.values(probabilities).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
    }
    const left = (await readdir(tmpdir())).filter((name) => name.startsWith('lift-rows-') && !before.includes(name));
    expect(left).toEqual([]);
  });

  it('names the column that the rows lack', async () => {
    await expect(predictRows(engine, run, [{ widht: 1, colour: 'red', price: 2 }], {})).rejects.toMatchObject({
      code: 'column-missing',
      hint: expect.stringContaining('widht') as string,
    });
  });
});
