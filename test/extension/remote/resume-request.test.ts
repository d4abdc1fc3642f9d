import { beforeEach, describe, expect, it } from 'vitest';
import type { BackendChoice } from '../../../src/core/run/backend-choice';
import { runFolderAt } from '../../../src/core/run/folder/run-folder';
import { askingChoice, resumeRequest } from '../../../src/extension/remote/resume-request';
import type { RunSummary } from '../../../src/extension/runs/run-summary';
import { confirmPrediction } from '../../../src/extension/tools/confirm-prediction';
import { predictRows } from '../../../src/extension/tools/predict-rows';
import { temporaryFolder } from '../../helpers/bundle';
import { userSettings } from '../../helpers/settings';
import { pretendClasses, writeSampleRun } from '../predictions/sample-run';

const address = 'https://api.example.org/v1';
const headers = { 'x-team': 'blue' };

beforeEach(() => {
  userSettings.clear();
});

function runOn(backend: BackendChoice | undefined, path = '/runs/one'): RunSummary {
  const time = '2026-11-23T12:00:00.000Z';
  return {
    folder: runFolderAt(path),
    testMetrics: undefined,
    state: {
      version: 1,
      name: 'one',
      state: 'done',
      createdAt: time,
      updatedAt: time,
      versions: { lift: '0', node: '0' },
      task: 'classification',
      target: 'size',
      model: { id: 'm', path: '', hash: '' },
      dataset: { path: '/table.csv', bytes: 1, sha256: '' },
      backend,
      timing: {},
    },
  };
}

describe('a run that goes on elsewhere', () => {
  it('gets its headers from the settings', () => {
    userSettings.set('lift.remote.ray.address', 'http://cluster:8265');
    userSettings.set('lift.remote.ray.headers', headers);
    const { backend } = resumeRequest(runOn({ kind: 'ray', address: 'http://cluster:8265/' }));
    expect(backend).toMatchObject({ kind: 'ray', headers });
    expect(resumeRequest(runOn(undefined)).backend).toBeUndefined();
  });

  it('gets neither headers nor a variable of the environment at an address that the settings do not name', () => {
    userSettings.set('lift.remote.openai.address', address);
    userSettings.set('lift.remote.openai.headers', headers);
    userSettings.set('lift.remote.ray.headers', headers);
    const elsewhere = { kind: 'openai', address: 'https://else.example.org/v1', keyVariable: 'OTHER_SECRET' } as const;
    const { backend } = resumeRequest(runOn(elsewhere));
    expect(JSON.stringify(backend)).not.toMatch(/blue|OTHER_SECRET/);
    expect(JSON.stringify(resumeRequest(runOn({ kind: 'ray', address: 'http://else:8265' })))).not.toContain('blue');
  });
});

describe('a finished run whose model stays with its service', () => {
  beforeEach(() => {
    userSettings.set('lift.remote.openai.address', address);
    userSettings.set('lift.remote.openai.headers', headers);
    userSettings.set('lift.remote.openai.deployment', 'mine');
  });

  it('is asked there, with the headers and the deployment of the settings', () => {
    expect(askingChoice(runOn({ kind: 'openai', address }).state)).toMatchObject({ headers, deployment: 'mine' });
    expect(askingChoice(runOn({ kind: 'ray', address: 'http://cluster:8265' }).state)).toBeUndefined();
  });

  it('is asked so by language models, too', async () => {
    const { folder } = await writeSampleRun(
      await temporaryFolder(),
      'media/samples/iris.csv',
      'species',
      pretendClasses,
    );
    const asked: unknown[] = [];
    const engine = {
      predict: (request: unknown): Promise<never> => {
        asked.push(request);
        return Promise.reject(new Error('enough'));
      },
    };
    const run = runOn({ kind: 'openai', address }, folder.path);
    await expect(predictRows(engine, run, [{ petal_length: 1 }], {})).rejects.toThrow('enough');
    expect(asked).toMatchObject([{ run: folder.path, backend: { kind: 'openai', headers, deployment: 'mine' } }]);
  });

  it('tells the user where the rows would go before a language model asks it', async () => {
    const input = { run: 'one', rows: [{ a: 1 }, { a: 2 }] };
    const there = await confirmPrediction(input, () => Promise.resolve(runOn({ kind: 'openai', address })));
    expect(there.confirmationMessages!.message).toMatch(/^Send 2 rows to https:\/\/api\.example\.org/);
    const here = await confirmPrediction(input, () => Promise.resolve(runOn(undefined)));
    expect(here.confirmationMessages!.message).toContain('on this machine');
  });
});
