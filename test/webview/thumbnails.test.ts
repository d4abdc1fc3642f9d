import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PredictionsModel } from '../../src/extension/predictions/predictions-model';
import { pretendClasses, writeSampleRun } from '../extension/predictions/sample-run';
import { hostOf } from './model-host';
import { missingBrowser, PageHarness, themeNames } from './page-harness';

/** A browser may take its time to start and to end on a busy machine. */
const hookMs = 60_000;
const side = 6;
const rows = 240;

/** A white line on black: it lies in even rows of the table and stands in odd ones, at a place that goes round. */
function isWhite(row: number, pixel: number): boolean {
  const place = Math.floor(row / 2) % side;
  return (row % 2 === 0 ? Math.floor(pixel / side) : pixel % side) === place;
}

function imagesCsv(): string {
  const pixels = Array.from({ length: side * side }, (_, pixel) => pixel);
  const header = pixels.map((pixel) => `pixel_${Math.floor(pixel / side) + 1}_${(pixel % side) + 1}`);
  const lines = Array.from({ length: rows }, (_, row) => [
    ...pixels.map((pixel) => (isWhite(row, pixel) ? 255 : 0)),
    row % 2 === 0 ? 'lying' : 'standing',
  ]);
  return `${[[...header, 'label'], ...lines].map((cells) => cells.join(',')).join('\n')}\n`;
}

/** What a person sees of an image: whether each of its pixels is nearer to white than to black, from a picture of the screen. */
async function seen(image: Locator): Promise<boolean[]> {
  const { width, height, data } = PNG.sync.read(await image.screenshot());
  return Array.from({ length: side * side }, (_, pixel) => {
    const x = Math.floor((((pixel % side) + 0.5) * width) / side);
    const y = Math.floor(((Math.floor(pixel / side) + 0.5) * height) / side);
    const start = 4 * (y * width + x);
    return (data[start]! + data[start + 1]! + data[start + 2]!) / 3 > 127;
  });
}

function asDrawn(row: number): boolean[] {
  return Array.from({ length: side * side }, (_, pixel) => isWhite(row, pixel));
}

/** The first row of the grid that is wholly seen: its place in the table, and its image. */
async function rowSeen(page: Page): Promise<{ row: number; image: Locator }> {
  const line = page.getByRole('grid').locator('.body').getByRole('row').nth(2);
  await line.locator('canvas').waitFor();
  const row = Number((await line.locator('[data-column="0"]').innerText()).replace(/\D/gu, '')) - 1;
  return { row, image: line.locator('canvas') };
}

describe.skipIf(missingBrowser)('the rows of a table of images', () => {
  let harness: PageHarness;
  let folder: string;
  let model: PredictionsModel;
  beforeAll(async () => {
    harness = await PageHarness.start('predictions');
    folder = await mkdtemp(join(tmpdir(), 'lift-thumbnails-'));
    const csv = join(folder, 'bars.csv');
    await writeFile(csv, imagesCsv());
    const run = await writeSampleRun(join(folder, 'run'), csv, 'label', pretendClasses);
    model = await PredictionsModel.open({ table: run.table, run, beginsWithAll: true }, () => undefined);
  }, hookMs);
  afterAll(async () => {
    await harness.stop();
    await rm(folder, { recursive: true });
  }, hookMs);

  it('are drawn as images in the grid, each its own, also after scrolling', async () => {
    const { page, errors } = await harness.open('predictions', themeNames[0], hostOf(model));
    const first = await rowSeen(page);
    expect(first.row).toBe(2);
    expect(await seen(first.image)).toEqual(asDrawn(first.row));

    await page.getByRole('grid').locator('.body').getByRole('row').first().click();
    await page.keyboard.press('Control+End');
    await page.getByRole('gridcell', { name: String(rows), exact: true }).waitFor();
    const last = await rowSeen(page);
    expect(last.row).toBeGreaterThan(first.row);
    expect(await seen(last.image)).toEqual(asDrawn(last.row));
    expect(errors).toEqual([]);
  });

  it.each(themeNames)('are drawn large in the inspector, beside those of the nearest rows, in %s', async (theme) => {
    const { page, errors } = await harness.open('predictions', theme, hostOf(model), { width: 1280, height: 900 });
    await page.getByRole('button', { name: /^Wrong/u }).click();
    await page.locator('.row .verdict.wrong').first().click();
    const image = page.getByRole('img', { name: 'The image that the row is' });
    await image.waitFor();
    const line = /line ([\d,]+)/u.exec(await page.getByRole('complementary').locator('header').innerText())!;
    const row = Number(line[1]!.replaceAll(',', '')) - 2;
    expect(await seen(image)).toEqual(asDrawn(row));
    const neighbour = page.getByRole('complementary').locator('canvas:not([role=img])').first();
    await neighbour.scrollIntoViewIfNeeded();
    // The nearest row shows the very same line.
    expect(await seen(neighbour)).toEqual(asDrawn(row));
    expect(errors).toEqual([]);
  });
});
