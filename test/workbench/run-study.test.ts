import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInWorkbench } from './describe-in-workbench';
import { smallestRecipe } from './recipes';
import { openSession } from './session';
import type { Session } from './session';

const cars = readFileSync(join('media', 'samples', 'auto_mpg.csv'), 'utf8');
/** Few, so that it is soon done. */
const carsTaken = 100;

/** A study takes as long as it takes; this is only when to give up. */
const patience = { timeout: 180_000 };

describeInWorkbench('a study in the workbench', () => {
  let session: Session;
  let folder: string;
  beforeAll(async () => {
    session = await openSession({
      files: [],
      texts: {
        'auto_mpg.csv': `${cars.split('\n', carsTaken + 1).join('\n')}\n`,
        'auto_mpg.lift.json': await smallestRecipe('auto_mpg'),
        'few.csv': 'length,kind\n1,rose\n2,lily\n3,rose\n4,lily\n5,rose\n6,lily\n7,rose\n8,lily\n',
      },
    });
    folder = join(session.workspace, '.lift', 'studies', 'calibration-auto_mpg');
  });
  afterAll(() => session.close());

  const statesOfRuns = (): string[] =>
    readdirSync(join(folder, 'runs')).map((run) => {
      const state = JSON.parse(readFileSync(join(folder, 'runs', run, 'run.json'), 'utf8')) as { state: string };
      return state.state;
    });

  it('keeps what is done when it is cancelled, and says so', async () => {
    const { workbench } = session;
    await workbench.rightClick('auto_mpg.csv', 'Run Study…');
    await workbench.chooseFrom('Run Study', 'calibration');
    const progress = workbench.notification('Study calibration of auto_mpg: Timing the first run');
    await progress.getByRole('button', { name: 'Cancel' }).click(patience);
    await workbench.notification('The study is cancelled; what is done is kept.').waitFor();
    await expect.poll(statesOfRuns, patience).toEqual(['stopped']);
    expect(existsSync(join(folder, 'report.html'))).toBe(false);
  });

  it('goes on, tells how long the rest takes, and ends with its report', async () => {
    const { workbench } = session;
    const cancelled = workbench.notification('The study is cancelled');
    await cancelled.getByRole('button', { name: 'Run Study' }).click();
    await workbench.chooseFrom('Run Study', 'calibration');
    await workbench.dialog.getByText(/the rest takes about .+ on this machine \(runs left: 1\)/u).waitFor(patience);
    await workbench.answerDialog('Go On');
    await workbench.notification(/report\.html and all figures of the study are in/u).waitFor(patience);
    expect(statesOfRuns()).toEqual(['done', 'done']);
    const report = workbench.webview.locator('body');
    await report.getByRole('heading', { name: 'Spread against noise' }).waitFor();
    expect(await report.innerText()).toContain('relative absolute error');
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).not.toMatch(/<script|src="http|href="http/u);
  });

  it('is not done again: its report is shown at once', async () => {
    const { workbench } = session;
    await workbench.hideNotifications();
    await workbench.run('View: Close All Editors');
    await workbench.rightClick('auto_mpg.lift.json', 'Run Study…');
    await workbench.chooseFrom('Run Study', 'calibration');
    await workbench.webview.getByRole('heading', { name: 'Spread against noise' }).waitFor(patience);
  });

  it('refuses a table on which all would be chance', async () => {
    const { workbench } = session;
    await workbench.rightClick('few.csv', 'Run Study…');
    await workbench.chooseFrom('Run Study', 'label-noise');
    await workbench.notification(/A study judges by the test rows, of which this table has \d/u).waitFor(patience);
  });
});
