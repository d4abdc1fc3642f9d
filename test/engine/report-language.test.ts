import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerateRequest } from '../../src/core/generation/requests';
import type { Wording } from '../../src/core/report/report-language';
import type { StudyRequest } from '../../src/core/studies/requests';
import { EngineClient } from '../../src/engine/engine-client';
import { bundleProgram, temporaryFolder } from '../helpers/bundle';
import { maskedWording, namesInReports, readableWords } from '../helpers/masked-language';
import { flowersCsv } from '../helpers/tables';
import { writeTinyModelFolder } from '../helpers/tiny-model-folder';

const patience = 240_000;
const set = ['training.epochs=1', 'examples.rows=0', 'generation.epochs=1'];
const words = ['width', 'colour', 'price', 'size', 'red', 'blue', 'small', 'large', 'flowers'];

let folder: string;
let engine: EngineClient;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeTinyModelFolder(join(folder, 'model'));
  await writeFile(join(folder, 'flowers.csv'), flowersCsv(60));
  engine = await EngineClient.start({
    enginePath: await bundleProgram('src/engine/engine-main.ts', join(folder, 'dist', 'engine.js')),
  });
}, patience);

afterAll(() => engine.close());

/** The report of a study of the flowers. */
async function reportOf(name: string, target: string, language: Wording | undefined): Promise<string> {
  const request: StudyRequest = {
    name,
    dataset: join(folder, 'flowers.csv'),
    target,
    set,
    model: join(folder, 'model'),
    models: [],
    seeds: [0],
    out: join(folder, `${name}-${target}`),
    beside: false,
    estimateOnly: false,
    offers: [],
    language,
  };
  const { report } = await engine.study(request);
  return readFile(report!, 'utf8');
}

const readable = (report: string): string[] =>
  readableWords(report, [join(folder, 'flowers.csv'), join(folder, 'model'), 'LIFT', ...words, ...namesInReports]);

describe('a report that an engine writes', () => {
  it.each([
    ['calibration', 'size'],
    ['calibration', 'price'],
    ['decision-boundary', 'size'],
    ['generation', 'size'],
  ])(
    'of the study %s of the %s has no text that is not in the bundle',
    async (name, target) => {
      expect(readable(await reportOf(name, target, maskedWording()))).toEqual([]);
    },
    patience,
  );

  it('is in another language when its study is asked for again in that one', async () => {
    const texts = JSON.parse(await readFile('l10n/bundle.l10n.de.json', 'utf8')) as Record<string, string>;
    const german = await reportOf('calibration', 'price', { language: 'de', texts });
    expect(german).toContain('<html lang="de">');
    expect(german).toContain('<h2>Breite gegen Rauschen</h2>');
    expect(german).toMatch(/Rangkorrelation \(Spearman\): -?[01],\d{3} über die Zeilen/u);
    const english = await reportOf('calibration', 'price', undefined);
    expect(english).toContain('<html lang="en">');
    expect(english).toMatch(/Rank correlation \(Spearman\): -?[01]\.\d{3} row by row/u);
  }, 60_000);

  it(
    'of made rows has no text that is not in the bundle',
    async () => {
      const run = join(folder, 'run');
      await engine.fineTune({
        dataset: join(folder, 'flowers.csv'),
        target: 'size',
        model: join(folder, 'model'),
        runsFolder: folder,
        out: run,
        set,
        baselines: false,
      });
      const made = async (request: Partial<GenerateRequest>): Promise<string> => {
        const asked = { run, rows: 30, where: [], temperature: 1, seed: 0, dropCopies: true, ...request };
        const out = join(folder, 'made.csv');
        const { report } = await engine.generate({ ...asked, out, report: join(folder, 'made.html') });
        return readFile(report!, 'utf8');
      };
      const language = maskedWording();
      expect(readable(await made({ language }))).toEqual([]);
      const where = ['size=small', 'colour=red'];
      expect(readable(await made({ language, where, temperature: 0.75 }))).toEqual([]);
      expect(await made({ where, temperature: 0.75 })).toMatch(
        /30 rows after the \d+ training rows, with size=small and colour=red\. .* At temperature 0\.75: more usual rows/u,
      );
    },
    patience,
  );
});
