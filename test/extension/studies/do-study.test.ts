import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { StudyRequest } from '../../../src/core/studies/requests';
import { doStudy } from '../../../src/extension/studies/do-study';
import type { TrainingService } from '../../../src/extension/training/training-service';
import { temporaryFolder } from '../../helpers/bundle';
import { user } from '../../helpers/dialogs';
import { env, l10n } from '../../helpers/vscode';

afterEach(() => {
  env.language = 'en';
  l10n.bundle = undefined;
});

/** What an engine is asked for when a study is done in the editor; its runs are not all done, so that no report is shown. */
async function asked(): Promise<StudyRequest> {
  const folder = await temporaryFolder();
  const [enginePath, heard] = [join(folder, 'engine.cjs'), join(folder, 'heard.json')];
  const answer = { name: 'names', out: folder, task: 'classification', runs: 6, done: 1, secondsLeft: 1 };
  await writeFile(
    enginePath,
    `process.on('message', ({ kind, id, request }) => {
       if (kind !== 'request') return;
       require('node:fs').writeFileSync(${JSON.stringify(heard)}, JSON.stringify(request));
       process.send({ kind: 'result', id, result: ${JSON.stringify({ ...answer, offers: [], summary: [] })} });
     });
     process.on('disconnect', () => process.exit());
     process.send({ kind: 'ready', pid: process.pid });`,
  );
  const training = { engineOptionsFor: () => Promise.resolve({ enginePath }) } as unknown as TrainingService;
  const request: StudyRequest = {
    name: 'names',
    dataset: join(folder, 'flowers.csv'),
    set: [],
    models: [],
    seeds: [0],
    out: folder,
    beside: true,
    estimateOnly: false,
    offers: [],
  };
  user.will();
  await doStudy(training, { request, name: 'flowers', isAgreed: true });
  return JSON.parse(await readFile(heard, 'utf8')) as StudyRequest;
}

it('asks for a report in the language of the editor', async () => {
  env.language = 'de';
  l10n.bundle = { Result: 'Ergebnis' };
  expect((await asked()).language).toEqual({ language: 'de', texts: { Result: 'Ergebnis' } });
});

it('asks for an English report in an editor whose language LIFT does not speak', async () => {
  env.language = 'fr';
  expect(await asked()).not.toHaveProperty('language');
});
