import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInWorkbench } from './describe-in-workbench';
import { smallestRecipe } from './recipes';
import { openSession } from './session';
import type { Session } from './session';
import { TrainingPage } from './training-page';

/** Making rows takes as long as it takes; this is only when to give up. */
const patience = { timeout: 180_000 };

describeInWorkbench('making rows in the workbench', () => {
  let session: Session;
  let runs: string;
  beforeAll(async () => {
    session = await openSession({
      files: [join('media', 'samples', 'iris.csv')],
      texts: { 'iris.lift.json': await smallestRecipe('iris') },
    });
    runs = join(session.workspace, '.lift', 'runs');
  });
  afterAll(() => session.close());

  const rowsOf = (name: string): string[] =>
    readFileSync(join(session.workspace, name), 'utf8').trimEnd().split('\n').slice(1);

  it('says what is missing while there is no run', async () => {
    await session.workbench.run('LIFT: Generate Rows');
    await session.workbench.notification('There is no run yet. Fine-tune a table first.').waitFor();
    await session.workbench.hideNotifications();
  });

  it('asks which, tells a mistake while it is typed, and shows the rows beside real ones', async () => {
    const { workbench } = session;
    await workbench.rightClick('iris.lift.json', 'Fine-Tune Locally');
    await new TrainingPage(workbench).waitForState('done');
    await workbench.run('View: Close All Editors');

    await workbench.run('LIFT: Generate Rows');
    await workbench.choose('iris.csv');
    await workbench.answer('How many rows?', '12');
    await workbench.question.message.filter({ hasText: 'Columns: species, sepal_length_cm' }).waitFor();
    await workbench.question.field.fill('specis=setosa');
    await workbench.question.message.filter({ hasText: 'Did you mean "species"?' }).waitFor();
    await workbench.question.field.fill('species=setosa');
    await workbench.answer('Columns: species', 'species=setosa');
    await workbench.saveAs(/iris-made\.csv$/u);
    await workbench.notification('Learning to write rows, the first time only').waitFor(patience);
    await workbench.notification('12 rows are made, in iris-made.csv').waitFor(patience);
    expect(rowsOf('iris-made.csv')).toHaveLength(12);
    for (const row of rowsOf('iris-made.csv')) expect(row).toMatch(/^(\d+\.\d,){4}setosa$/u);
    const report = workbench.webview.locator('body');
    await report.getByRole('heading', { name: 'Made rows – iris' }).waitFor();
    expect(await report.innerText()).toContain('with species=setosa');
    expect(await report.getByRole('rowheader', { name: 'real' }).count()).toBeGreaterThan(0);
    await workbench.tab('iris-made.csv').waitFor();
  });

  it('judges rows without conditions, from the menu of a run', async () => {
    const { workbench } = session;
    await workbench.hideNotifications();
    await workbench.run('View: Close All Editors');
    await workbench.menuOfRun('iris', 'Generate Rows…');
    await workbench.answer('How many rows?', '20');
    await workbench.answer('Columns: species', '');
    await workbench.saveAs(/iris-made\.csv$/u, 'more.csv');
    await workbench.notification('20 rows are made, in more.csv').waitFor(patience);
    expect(rowsOf('more.csv')).toHaveLength(20);
    const report = workbench.webview.locator('body');
    await report.getByRole('rowheader', { name: 'Valid rows' }).waitFor();
    expect(await report.getByRole('row', { name: 'Valid rows' }).innerText()).toContain('100.0 %');
    expect(await report.getByRole('img', { name: /^Values of / }).count()).toBe(5);
  });

  /** Answers all that is asked for a few rows of any kind, up to where they go. */
  const askForRows = async (): Promise<void> => {
    const { workbench } = session;
    await workbench.hideNotifications();
    await workbench.run('View: Close All Editors');
    await workbench.menuOfRun('iris', 'Generate Rows…');
    await workbench.answer('How many rows?', '5');
    await workbench.answer('Columns: species', '');
  };
  const run = (): string =>
    join(runs, readdirSync(runs, { withFileTypes: true }).find((entry) => entry.isDirectory())!.name);

  it('keeps what was learnt when it is cancelled, and says so', async () => {
    const { workbench } = session;
    rmSync(join(run(), 'generator'), { recursive: true });
    writeFileSync(join(run(), 'recipe.lift.json'), longer(readFileSync(join(run(), 'recipe.lift.json'), 'utf8')));
    await askForRows();
    await workbench.saveAs(/iris-made\.csv$/u, 'cancelled.csv');
    const progress = workbench.notification('Learning to write rows, the first time only');
    await progress.getByRole('button', { name: 'Cancel' }).click(patience);
    await workbench.notification('Cancelled: no rows are made. What was learnt is kept for the next time.').waitFor();
    await expect.poll(() => existsSync(join(run(), 'generator', 'rows', 'checkpoints')), patience).toBe(true);
    expect(existsSync(join(session.workspace, 'cancelled.csv'))).toBe(false);
  });

  it('says that the run is gone when it is deleted meanwhile', async () => {
    const { workbench } = session;
    const copy = join(session.workspace, 'kept-run');
    cpSync(run(), copy, { recursive: true });
    const path = run();
    await askForRows();
    await workbench.saveAs(/iris-made\.csv$/u, 'gone.csv');
    await workbench.notification('Learning to write rows').waitFor(patience);
    rmSync(path, { recursive: true });
    await workbench.notification('is gone: its folder was deleted or moved. Choose another run.').waitFor(patience);
    cpSync(copy, path, { recursive: true });
  });

  it('asks nothing when the model stays with its service, or the table is gone', async () => {
    const { workbench, workspace } = session;
    await workbench.hideNotifications();
    const state = readFileSync(join(run(), 'run.json'), 'utf8');
    const backend = { kind: 'openai', address: 'https://api.example.org/v1' };
    writeFileSync(join(run(), 'run.json'), JSON.stringify({ ...(JSON.parse(state) as object), backend }));
    await workbench.menuOfRun('iris', 'Generate Rows…');
    await workbench.notification('the model of this run stays with the service that trained it').waitFor(patience);
    writeFileSync(join(run(), 'run.json'), state);
    await workbench.hideNotifications();
    renameSync(join(workspace, 'iris.csv'), join(workspace, 'moved.csv'));
    await workbench.menuOfRun('iris', 'Generate Rows…');
    await workbench.notification(/The table is gone: .*iris\.csv.*put it back there/u).waitFor(patience);
  });
});

/** The recipe of a run whose model learns to write rows so long that it can be interrupted. */
function longer(recipe: string): string {
  return recipe.replace(/("generation"[^}]*"epochs": )\d+/u, '$1500');
}
