import { readFileSync } from 'node:fs';
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
  beforeAll(async () => {
    session = await openSession({
      files: [join('media', 'samples', 'iris.csv')],
      texts: { 'iris.lift.json': await smallestRecipe('iris') },
    });
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
});
