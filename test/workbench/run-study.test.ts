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
/** So many that a run is still at work when its window is loaded again. */
const epochs = 100;

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
        'auto_mpg.lift.json': await smallestRecipe('auto_mpg', epochs),
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

  const standing = (): unknown => JSON.parse(readFileSync(join(folder, 'standing.json'), 'utf8'));

  it('keeps what is done when it is cancelled, and says so', async () => {
    const { workbench } = session;
    await workbench.rightClick('auto_mpg.csv', 'Run Study…');
    await workbench.chooseFrom('Run Study', 'calibration');
    const progress = workbench.notification('Study calibration of auto_mpg: Timing the first run');
    await progress.getByRole('button', { name: 'Cancel' }).click(patience);
    await workbench.notification('The study calibration of auto_mpg is cancelled; what is done is kept.').waitFor();
    await expect.poll(statesOfRuns, patience).toEqual(['stopped']);
    await expect.poll(standing, patience).toEqual({ state: 'stopped', runs: 2, done: 0 });
    expect(existsSync(join(folder, 'report.html'))).toBe(false);
  });

  it('goes on, is interrupted by its window, and says so in the next', async () => {
    const { workbench } = session;
    const cancelled = workbench.notification('The study calibration of auto_mpg is cancelled');
    await cancelled.getByRole('button', { name: 'Continue' }).click();
    await workbench.notification('Study calibration of auto_mpg: Timing the first run').waitFor(patience);
    await workbench.reload();
    const interrupted = workbench.notification('calibration of auto_mpg was interrupted at 0 of 2 runs');
    await interrupted.getByRole('button', { name: 'Continue' }).click(patience);
    await workbench.notification('Study calibration of auto_mpg: Timing the first run').waitFor(patience);
  });

  it('tells how long each number of seeds takes, and ends with its report', async () => {
    const { workbench } = session;
    const offers = workbench.page.locator('.quick-input-list').getByRole('option');
    await offers.first().waitFor(patience);
    const times = (await offers.allInnerTexts()).map((text) => text.replaceAll(/\s+/gu, ' '));
    expect(times.map((text) => /^\d seeds?/u.exec(text)?.[0])).toEqual(['1 seed', '3 seeds', '5 seeds']);
    expect(times.map((text) => /about .+ on this machine \(runs left: (\d)\)/u.exec(text)?.[1])).toEqual([
      '1',
      '5',
      '9',
    ]);
    await workbench.chooseFrom('Study calibration of auto_mpg', '1 seed');
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
    const offer = workbench.page
      .locator('.quick-input-list')
      .getByRole('option', { name: 'done: its report is shown' });
    await offer.waitFor(patience);
    await workbench.chooseFrom('Study calibration of auto_mpg', '1 seed');
    await workbench.webview.getByRole('heading', { name: 'Spread against noise' }).waitFor(patience);
  });

  it('offers last, with the reason, what cannot be done with the table, and says what would help', async () => {
    const { workbench } = session;
    await workbench.rightClick('few.csv', 'Run Study…');
    const list = workbench.page.locator('.quick-input-list');
    await list.getByRole('option', { name: 'How many rows does it take?' }).waitFor();
    // From the first to the last.
    await workbench.page.keyboard.press('ArrowUp');
    await list.getByText('"kind" is a class: this study is for numbers.').last().waitFor();
    await workbench.chooseFrom('Run Study', 'class-scaling');
    await workbench.notification(/"kind" has 2 classes: .+ Take another study, or another target\./u).waitFor(patience);
    await workbench.hideNotifications();
  });

  it('refuses a table on which all would be chance', async () => {
    const { workbench } = session;
    await workbench.rightClick('few.csv', 'Run Study…');
    await workbench.chooseFrom('Run Study', 'label-noise');
    await workbench.notification(/A study judges by the test rows, of which this table has \d/u).waitFor(patience);
  });
});
