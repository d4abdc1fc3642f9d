import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingSnapshot } from '../../src/shared/training-view';
import { PageHarness, missingBrowser, themeNames, zoomed } from './page-harness';
import { overflow, unreachableControls } from './reachable';
import { bracketed, untranslatedWords } from './untranslated';

const running: TrainingSnapshot = {
  name: 'iris',
  path: '/runs/iris',
  state: 'running',
  readsOnly: false,
  doing: 'Training 42 %, 1 min 20 s left',
  fraction: 0.42,
  tokensPerSecond: 1234.5,
  steps: Array.from({ length: 60 }, (_, step) => ({
    epoch: step / 30,
    loss: 2 * Math.exp(-step / 20) + 0.05 * Math.sin(step),
  })),
  epochs: [
    { epoch: 1, trainLoss: 0.91, validationLoss: 0.72, best: false },
    { epoch: 2, trainLoss: 0.31, validationLoss: 0.44, best: true },
  ],
  notices: [{ level: 'warning', message: '3 of 30 test rows stand in the training part as well.' }],
  error: undefined,
  metrics: [],
};

const failed: TrainingSnapshot = {
  ...running,
  state: 'failed',
  doing: '',
  error: { message: 'The disk is full: could not write checkpoint.', hint: 'Free some space and resume.' },
};

describe.skipIf(missingBrowser)('the training page', () => {
  let harness: PageHarness;
  beforeAll(async () => {
    harness = await PageHarness.start('training');
  });
  afterAll(() => harness.stop());

  it.each(themeNames)('shows a run under way without accessibility or policy violations in %s', async (theme) => {
    const { page, errors, violations } = await harness.open('training', theme, () => running);
    await page.getByText('Training 42 %, 1 min 20 s left').waitFor();
    await page.locator('.uplot canvas').waitFor();
    expect(await page.getByRole('table', { name: 'Losses by epoch' }).getByRole('row').allInnerTexts()).toHaveLength(3);
    expect(await violations(theme)).toEqual([]);
    expect(errors).toEqual([]);
    if (process.env.LIFT_SCREENSHOTS) {
      await page.screenshot({ path: `${process.env.LIFT_SCREENSHOTS}/training-${theme.replaceAll(' ', '-')}.png` });
    }
  });

  it('marks the end of the first epoch in the chart, where there is no curve yet', async () => {
    const { page } = await harness.open('training', 'Dark Modern', () => ({
      ...running,
      epochs: running.epochs.slice(0, 1),
    }));
    await page.locator('.uplot canvas').waitFor();
    const green = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.uplot canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: data.length / 4 }, (_, pixel) => data.subarray(4 * pixel, 4 * pixel + 4)).filter(
        ([red, green, blue]) => green! > red! + 40 && green! > blue! + 40,
      ).length;
    });
    expect(green).toBeGreaterThan(10);
  });

  it('is usable at a zoom of 200 %', async () => {
    const { page } = await harness.open('training', 'Light Modern', () => failed, zoomed);
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await unreachableControls(page)).toEqual([]);
  });

  it('is translated', async () => {
    const { page, answers } = await harness.open('training', 'Light Modern', () => running, { texts: bracketed });
    await page.locator('.uplot canvas').waitFor();
    expect(await untranslatedWords(page, answers)).toEqual([]);
  });

  it('asks the host to stop when the button is pressed by keyboard', async () => {
    const { page, requests } = await harness.open('training', 'Dark Modern', () => running);
    const stop = page.getByRole('button', { name: 'Stop' });
    await stop.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => requests.map(({ method }) => method)).toEqual(['ready', 'stop']);
  });

  it('tells what failed and offers to resume when a snapshot says so', async () => {
    const { page, send } = await harness.open('training', 'Light Modern', () => running);
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await send('snapshot', failed);
    await page.getByRole('alert').getByText('The disk is full').waitFor();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
  });
});
