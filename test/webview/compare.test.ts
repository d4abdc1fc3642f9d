import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangedRow, ChangesQuery, ComparisonView } from '../../src/shared/comparison-view';
import { PageHarness, missingBrowser, themeNames, zoomed } from './page-harness';
import type { Answer, OpenedPage } from './page-harness';
import { overflow, unreachableControls } from './reachable';
import { bracketed, untranslatedWords } from './untranslated';

const rows: readonly ChangedRow[] = Array.from({ length: 230 }, (_, place) => ({
  line: 2 + 3 * place,
  kind: (['better', 'worse', 'other'] as const)[place % 3]!,
  truth: 'setosa',
  left: { text: '<b>versicolor</b>', confidence: 0.61 },
  right: { text: 'virginica', confidence: 0.97 },
}));
const ofKind = (kind: string): readonly ChangedRow[] => rows.filter((row) => kind === 'all' || row.kind === kind);

const view: ComparisonView = {
  left: { path: '/runs/a', name: 'iris', begun: 'Nov 23, 2026, 2:05 PM', model: 'embedded' },
  right: { path: '/runs/b', name: 'iris-more-epochs', begun: 'Nov 23, 2026, 3:11 PM', model: 'SmolLM2-135M' },
  task: 'classification',
  verdict: 'The difference may be noise: of 800 rows, 77 are right only on the left and 77 only on the right.',
  notices: ['The splits differ: 800 test rows are common to both runs.'],
  measures: [
    {
      key: 'accuracy',
      label: 'Accuracy',
      explanation: 'Share right.',
      style: 'percent',
      left: 0.9,
      right: 0.9333,
      better: 'right',
    },
    {
      key: 'logLoss',
      label: 'Log loss',
      explanation: 'Surprise.',
      style: 'number',
      left: 0.31,
      right: 0.42,
      better: 'left',
    },
    {
      key: 'auc',
      label: 'AUC',
      explanation: 'Order.',
      style: 'number',
      left: 0.99,
      right: undefined,
      better: undefined,
    },
  ],
  recipe: [
    { path: 'training.epochs', left: '4', right: '8' },
    { path: 'features[petal length (cm)]', left: '{"column":"petal length (cm)","include":true}', right: undefined },
  ],
  commonRows: 800,
  changes: { better: ofKind('better').length, worse: ofKind('worse').length, other: ofKind('other').length },
};

const answer: Answer = (method, params) => {
  if (method === 'ready') return view;
  if (method !== 'changes') return null;
  const { kind, from, count } = params as ChangesQuery;
  return ofKind(kind).slice(from, from + count);
};

/** A dozen rows: looking at the contrast of hundreds takes its time, and finds nothing else. */
const dozen: Answer = (method, params) => {
  const all = answer(method, params);
  return method === 'changes' ? (all as readonly ChangedRow[]).slice(0, 12) : all;
};

describe.skipIf(missingBrowser)('the page that compares runs', () => {
  let harness: PageHarness;
  beforeAll(async () => {
    harness = await PageHarness.start('compare');
  });
  afterAll(() => harness.stop());

  const changes = ({ page }: OpenedPage): ReturnType<typeof page.locator> => page.locator('table.changes tbody tr');

  it.each(themeNames)('shows both runs without accessibility or policy violations in %s', async (theme) => {
    const opened = await harness.open('compare', theme, dozen);
    const { page } = opened;
    await page.getByText('The difference may be noise').waitFor();
    await expect.poll(() => changes(opened).count()).toBe(12);
    expect(await page.getByRole('row', { name: /^Accuracy/ }).innerText()).toContain('+3.3 points');
    expect(await page.getByRole('row', { name: /^Log loss/ }).innerText()).toContain('+0.11');
    expect(await changes(opened).first().innerText()).toContain('<b>versicolor</b>');
    expect(await opened.violations(theme)).toEqual([]);
    expect(opened.errors).toEqual([]);
    if (process.env.LIFT_SCREENSHOTS) {
      await page.screenshot({ path: `${process.env.LIFT_SCREENSHOTS}/compare-${theme.replaceAll(' ', '-')}.png` });
    }
  });

  it('filters by how a prediction changed, by keyboard', async () => {
    const opened = await harness.open('compare', 'Dark Modern', answer);
    const broken = opened.page.getByRole('button', { name: /^Broken 77/ });
    await broken.focus();
    await opened.page.keyboard.press('Enter');
    await expect.poll(() => changes(opened).count()).toBe(77);
    expect(await broken.getAttribute('aria-pressed')).toBe('true');
    expect(await changes(opened).allInnerTexts()).toSatisfy((texts: string[]) =>
      texts.every((text) => text.includes('Broken')),
    );
  });

  it('fetches more rows when asked, and shows a row’s line', async () => {
    const opened = await harness.open('compare', 'Dark Modern', answer);
    await opened.page.getByRole('button', { name: 'Show More Rows' }).click();
    await expect.poll(() => changes(opened).count()).toBe(230);
    expect(await opened.page.getByRole('button', { name: 'Show More Rows' }).count()).toBe(0);
    await opened.page.getByRole('button', { name: 'Show line 5', exact: true }).click();
    await expect.poll(() => opened.requests.at(-1)).toEqual({ method: 'showLine', params: { line: 5 } });
  });

  it('needs no more than 320 pixels', async () => {
    const { page, violations } = await harness.open('compare', 'Light Modern', dozen, { width: 320, height: 700 });
    await page.getByText('The difference may be noise').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await violations()).toEqual([]);
    if (process.env.LIFT_SCREENSHOTS)
      await page.screenshot({ path: `${process.env.LIFT_SCREENSHOTS}/compare-320.png` });
  });

  it('is usable at a zoom of 200 %', async () => {
    const { page } = await harness.open('compare', 'Light Modern', dozen, zoomed);
    await page.locator('table.changes tbody tr').first().waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await unreachableControls(page)).toEqual([]);
  });

  it('is translated', async () => {
    const { page, answers } = await harness.open('compare', 'Light Modern', answer, { texts: bracketed });
    await page.locator('table.changes tbody tr').first().waitFor();
    expect(await untranslatedWords(page, answers)).toEqual([]);
  });

  it('says why when a run cannot be read', async () => {
    const { page } = await harness.open('compare', 'Dark Modern', (method) => {
      if (method === 'ready') throw new Error('There is no predictions.csv.');
      return null;
    });
    await page.getByRole('alert').getByText('There is no predictions.csv.').waitFor();
  });
});
