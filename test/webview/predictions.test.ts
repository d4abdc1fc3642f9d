import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PredictionsModel } from '../../src/extension/predictions/predictions-model';
import type { PredictionsViewState, RowRange, RowView } from '../../src/shared/predictions-view';
import { pretendClasses, pretendNumbers, writeSampleRun } from '../extension/predictions/sample-run';
import { hostOf } from './model-host';
import { PageHarness, missingBrowser, themeNames, zoomed } from './page-harness';
import type { Answer, OpenOptions, OpenedPage, ThemeName } from './page-harness';
import { overflow, unreachableControls } from './reachable';
import { bracketed, untranslatedWords } from './untranslated';

/** A browser may take its time to start and to end on a busy machine. */
const hookMs = 60_000;
const wide = { width: 1280, height: 800 };
const narrow = { width: 500, height: 800 };

/** A table of a million rows that is computed as it is asked for. */
const million = 1_000_000;
const millionState: PredictionsViewState = {
  opening: 1,
  table: {
    name: 'million.csv',
    path: '/million.csv',
    columns: [
      { name: 'id', isNumber: true, width: 9 },
      { name: 'city', isNumber: false, width: 8 },
    ],
    rows: million,
    complete: true,
  },
  run: undefined,
  scopes: [{ scope: 'all', rows: million }],
  firstScope: 'all',
  metrics: undefined,
  notices: [],
  error: undefined,
};

function computedHost(state: PredictionsViewState): Answer {
  const rowOf = (row: number, { columnFrom, columnTo }: RowRange): RowView => ({
    row,
    line: row + 2,
    part: undefined,
    truth: undefined,
    prediction: undefined,
    cells: state.table.columns.map((_, column) => `r${row}c${column}`).slice(columnFrom, columnTo),
  });
  return (method, params) => {
    if (method === 'ready') return state;
    if (method === 'query') {
      const { rows } = state.table;
      return { view: 1, rows, counts: { all: rows, wrong: 0, unsure: 0, fallback: 0 } };
    }
    if (method === 'rows') {
      const range = params as RowRange;
      const count = Math.min(range.count, state.table.rows - range.from);
      return Array.from({ length: count }, (_, index) => rowOf(range.from + index, range));
    }
    return undefined;
  };
}

function cellsOf(page: Page, column: number): Locator {
  return page.locator(`[role=row]:not(.head) [data-column="${column}"]`);
}

async function shot(page: Page, name: string, theme: ThemeName): Promise<void> {
  if (!process.env.LIFT_SCREENSHOTS) return;
  await page.screenshot({
    path: `${process.env.LIFT_SCREENSHOTS}/predictions-${name}-${theme.replaceAll(' ', '-')}.png`,
  });
}

describe.skipIf(missingBrowser)('the predictions page', () => {
  let harness: PageHarness;
  let folder: string;
  let iris: PredictionsModel;
  let cars: PredictionsModel;
  let opened: OpenedPage | undefined;
  beforeAll(async () => {
    harness = await PageHarness.start('predictions');
    folder = await mkdtemp(join(tmpdir(), 'lift-predictions-'));
    const runs = await Promise.all([
      writeSampleRun(join(folder, 'a'), 'media/samples/iris.csv', 'species', pretendClasses),
      writeSampleRun(join(folder, 'b'), 'media/samples/auto_mpg.csv', 'miles_per_gallon', pretendNumbers),
    ]);
    const openModel = (run: (typeof runs)[number]): Promise<PredictionsModel> =>
      PredictionsModel.open({ table: run.table, run, beginsWithAll: false }, () => undefined);
    iris = await openModel(runs[0]);
    cars = await openModel(runs[1]);
  }, hookMs);
  afterEach(async () => {
    await opened?.page.context().close();
    opened = undefined;
  }, hookMs);
  afterAll(async () => {
    await harness.stop();
    await rm(folder, { recursive: true });
  }, hookMs);

  async function open(theme: ThemeName, answer: Answer, options: OpenOptions = wide): Promise<OpenedPage> {
    opened = await harness.open('predictions', theme, answer, options);
    return opened;
  }

  describe.each(themeNames)('in %s', (theme) => {
    it('shows classes, their metrics and one row in depth without accessibility or policy violations', async () => {
      const { page, errors, violations } = await open(theme, hostOf(iris));
      await page.locator('.row .verdict.wrong').first().click();
      await page.getByRole('heading', { name: 'Nearest training rows' }).waitFor();
      await shot(page, 'classes', theme);
      expect(await violations(theme)).toEqual([]);
      expect(errors).toEqual([]);
    });

    it('shows numbers in a narrow view without accessibility or policy violations', async () => {
      const { page, errors, violations } = await open(theme, hostOf(cars), narrow);
      await cellsOf(page, 0).first().waitFor();
      await shot(page, 'numbers-narrow', theme);
      await cellsOf(page, 0).first().click();
      await page.getByRole('heading', { name: 'How sure the model is' }).waitFor();
      await shot(page, 'numbers-narrow-row', theme);
      expect(await violations(theme)).toEqual([]);
      expect(errors).toEqual([]);
    });
  });

  it('is used by keyboard alone: the arrows move, Enter tells about a row, Escape comes back', async () => {
    const { page } = await open('Dark Modern', hostOf(iris));
    await cellsOf(page, 0).first().waitFor();
    const cell = page.locator('[role=gridcell]:focus');
    const focused = async (): Promise<string> =>
      `${(await cell.getAttribute('data-column')) ?? ''} ${(await cell.locator('..').getAttribute('data-row')) ?? ''}`;
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await expect.poll(focused).toBe('9 2');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const heading = page.locator('.inspector h2');
    await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole('row', { selected: true }).getAttribute('data-row')).toBe('2');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('1 2');
    expect(await heading.count()).toBe(0);
    await page.keyboard.press('Control+End');
    await expect.poll(focused).toBe('9 29');
    expect(await page.locator('[role=grid] [tabindex="0"]').count()).toBe(1);
  });

  it('shows the wrong rows alone when asked to, and a pair of the confusion matrix', async () => {
    const { page } = await open('Dark Modern', hostOf(iris));
    const verdicts = (): Promise<string[]> => cellsOf(page, 2).locator('.verdict').allInnerTexts();
    await page.getByRole('button', { name: 'Wrong 4' }).click();
    await page.getByRole('status').getByText('4 rows shown').waitFor();
    await expect.poll(verdicts).toEqual(['wrong', 'wrong', 'wrong', 'wrong']);
    await page.getByRole('button', { name: '2 rows of versicolor predicted as virginica' }).click();
    await page.getByRole('status').getByText('2 rows shown').waitFor();
    await expect.poll(() => cellsOf(page, 1).allInnerTexts()).toEqual(['versicolor', 'versicolor']);
    await page.getByRole('button', { name: 'versicolor → virginica, remove' }).click();
    await page.getByRole('status').getByText('30 rows shown').waitFor();
  });

  it('sorts by a column and then the other way round, and says so', async () => {
    const { page } = await open('Dark Modern', hostOf(cars));
    const header = page.getByRole('columnheader', { name: 'Error' });
    const sizes = async (): Promise<number[]> => {
      const texts = await cellsOf(page, 3).allInnerTexts();
      return texts.map((text) => Math.abs(Number(text.replace('−', '-'))));
    };
    await header.click();
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('ascending');
    await expect.poll(async () => (await sizes())[0]).toBeLessThan(0.2);
    await header.press('Enter');
    await expect.poll(() => header.getAttribute('aria-sort')).toBe('descending');
    await expect.poll(async () => (await sizes())[0]).toBeGreaterThan(2.9);
    await shot(page, 'numbers', 'Dark Modern');
    const shown = await sizes();
    expect(shown).toEqual([...shown].sort((a, b) => b - a));
  });

  it('finds rows by a text in any column, and offers all rows when nothing is found', async () => {
    const { page } = await open('Dark Modern', hostOf(cars));
    await page.getByRole('combobox').selectOption('all');
    await page.getByRole('status').getByText('398 rows shown').waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('japan');
    await page.getByRole('status').getByText('79 rows shown').waitFor();
    await page.keyboard.type(' no such car');
    await page.getByText('No row is like that.').waitFor();
    await page.getByRole('button', { name: 'Show All Rows' }).click();
    await page.getByRole('status').getByText('398 rows shown').waitFor();
  });

  it('asks the host to show the line and to copy the row', async () => {
    const { page, requests } = await open('Dark Modern', hostOf(iris));
    await cellsOf(page, 0).first().click();
    await page.getByRole('button', { name: 'Show in iris.csv' }).click();
    await page.getByRole('button', { name: 'Copy Row' }).click();
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'copyRow', params: { row: 5 } });
    expect(requests).toContainEqual({ method: 'showLine', params: { line: 7 } });
  });

  it('goes to a row that the host names, even when a filter hides it', async () => {
    const { page, send } = await open('Dark Modern', hostOf(iris));
    await page.getByRole('button', { name: 'Wrong 4' }).click();
    await page.getByRole('status').getByText('4 rows shown').waitFor();
    const row = iris.rows.selection.trainingRows.at(-1)!;
    await send('reveal', { row });
    await page.getByRole('heading', { name: `Row ${row + 1}` }).waitFor();
    await expect.poll(() => page.locator('[role=gridcell]:focus').innerText()).toBe(String(row + 1));
    await page.locator('.inspector').getByText('Not predicted').waitFor();
  });

  it('finds the rows anew when the files were opened anew, also while the table was still being read', async () => {
    const run = await writeSampleRun(join(folder, 'c'), 'media/samples/iris.csv', 'species', pretendClasses);
    const openFiles = () => PredictionsModel.open({ table: run.table, run, beginsWithAll: false }, () => undefined);
    const before = await openFiles();
    const again = await openFiles();
    const state = before.state();
    let host = hostOf(before);
    const { page, send } = await open('Dark Modern', async (method, params) => {
      if (method === 'ready') return { ...state, table: { ...state.table, complete: false } };
      const answer = await host(method, params);
      // The files change between the answer to the query and the question for its rows.
      if (method === 'query') host = hostOf(again);
      return answer;
    });
    await page.getByRole('status').getByText('30 rows shown').waitFor();
    expect(await cellsOf(page, 2).locator('.verdict').count()).toBe(0);
    await send('state', again.state());
    await cellsOf(page, 2).locator('.verdict').first().waitFor();
  });

  it('shows any of a million rows, with only those in the document that can be seen', async () => {
    const { page, requests } = await open('Dark Modern', computedHost(millionState));
    const scroller = page.getByRole('grid');
    await page.getByText('r0c0', { exact: true }).waitFor();
    expect(await scroller.getAttribute('aria-rowcount')).toBe('1000001');
    await cellsOf(page, 0).first().click();
    await page.keyboard.press('Control+End');
    await page.getByText('r999999c1', { exact: true }).waitFor();
    await page.keyboard.press('PageUp');
    await expect.poll(() => page.locator('[role=gridcell]:focus').innerText()).toMatch(/^r9999\d\dc1$/u);

    // The middle of the scroll bar is the middle of the table, and the rows follow each other without a gap.
    await scroller.evaluate((element) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
    });
    await page.getByText('r500000c0', { exact: true }).waitFor();
    const rowsInView = async (): Promise<number[]> => {
      const area = (await scroller.boundingBox())!;
      const rows = await page.locator('.row').evaluateAll((elements) =>
        elements.map((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return { row: Number((element as HTMLElement).dataset.row), top, bottom };
        }),
      );
      const seen = rows.filter(({ top, bottom }) => bottom > area.y + 30 && top < area.y + area.height);
      return seen.sort((a, b) => a.top - b.top).map(({ row }) => row);
    };
    const before = await rowsInView();
    expect(before).toEqual(before.map((_, index) => before[0]! + index));
    expect(before.length).toBeGreaterThan(15);

    // The wheel moves by its own pixels, not by the scroll bar's larger ones.
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, 240);
    await expect.poll(async () => (await rowsInView())[0]).toBe(before[0]! + 10);
    expect(await page.locator('.row').count()).toBeLessThan(70);
    expect(requests.filter(({ method }) => method === 'rows').length).toBeLessThan(20);
  });

  it('draws only the columns of a wide table that can be seen, and the arrows reach them all', async () => {
    const columns = Array.from({ length: 500 }, (_, column) => ({
      name: `column ${column}`,
      isNumber: false,
      width: 10,
    }));
    const state = { ...millionState, table: { ...millionState.table, columns } };
    const { page } = await open('Dark Modern', computedHost(state));
    await page.getByText('r0c0', { exact: true }).waitFor();
    expect(await page.getByRole('columnheader').count()).toBeLessThan(30);
    await cellsOf(page, 0).first().click();
    await page.keyboard.press('Control+ArrowRight');
    await page.getByText('r0c499', { exact: true }).waitFor();
    const last = page.locator('[role=gridcell]:focus');
    expect(await last.getAttribute('aria-colindex')).toBe('501');
    expect(await last.innerText()).toBe('r0c499');
    expect(await page.getByText('r0c1', { exact: true }).count()).toBe(0);
  });

  it('shows markup in a cell as text', async () => {
    const markup = '<img src=x onerror="document.title = 1"><b>bold</b>';
    const host = computedHost(millionState);
    const { page, errors } = await open('Dark Modern', (method, params) => {
      if (method !== 'rows') return host(method, params);
      return (host(method, params) as RowView[]).map((row) => ({ ...row, cells: [markup, markup] }));
    });
    await page.getByText(markup).first().waitFor();
    expect(await page.locator('.row img, .row b').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('invites to fine-tune when there are no predictions, and shows the rows all the same', async () => {
    const { page, requests, violations } = await open('Light Modern', computedHost(millionState), wide);
    await page.getByText('r0c0', { exact: true }).waitFor();
    await shot(page, 'no-run', 'Light Modern');
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Fine-tune with LIFT' }).click();
    await expect.poll(() => requests.at(-1)?.method).toBe('fineTune');
  });

  it('is usable at a zoom of 200 %', async () => {
    const { page } = await open('Light Modern', hostOf(iris), zoomed);
    await cellsOf(page, 0).first().click();
    await page.getByRole('heading', { name: 'What the model read' }).waitFor();
    await page.locator('.metrics > summary').click();
    await shot(page, 'zoom', 'Light Modern');
    expect(await overflow(page)).toBe(0);
    expect(await unreachableControls(page)).toEqual([]);
  });

  it.each([
    ['classes', () => iris],
    ['numbers', () => cars],
  ])('is translated: %s', async (_, model) => {
    const { page, answers } = await open('Light Modern', hostOf(model()), { ...wide, texts: bracketed });
    await cellsOf(page, 0).first().click();
    await page.getByRole('heading', { name: 'What the model read' }).waitFor();
    expect(await untranslatedWords(page, answers)).toEqual([]);
  });

  it.each([320, 500])(
    'puts the inspector below the rows in a view of %d px, with nothing out of sight',
    async (width) => {
      const viewport = { width, height: 800 };
      const { page } = await open('Dark Modern', hostOf(iris), viewport);
      await cellsOf(page, 0).first().click();
      await page.getByRole('heading', { name: 'What the model read' }).waitFor();
      await shot(page, `row-${width}`, 'Dark Modern');
      const [rows, inspector] = [
        await page.locator('.rows').boundingBox(),
        await page.locator('.inspector').boundingBox(),
      ];
      expect(inspector!.y).toBeGreaterThanOrEqual(rows!.y + rows!.height - 1);
      expect(rows!.height).toBeGreaterThan(150);
      const beyond = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.querySelector('main')!;
        return scrollWidth - clientWidth;
      });
      expect(beyond).toBe(0);
    },
  );
});
