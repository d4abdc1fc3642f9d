import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInWorkbench } from './describe-in-workbench';
import { PredictionsPage } from './predictions-page';
import { RecipePage } from './recipe-page';
import { openSession } from './session';
import type { Session } from './session';

/** A bar that lies or stands, somewhere in a square. */
function drawing(lies: boolean, place: number): Buffer {
  const side = 16;
  const picture = new PNG({ width: side, height: side });
  for (let index = 0; index < side * side; index++) {
    const [x, y] = [index % side, Math.floor(index / side)];
    const ink = Math.abs((lies ? y : x) - place) <= 1 ? 255 : 0;
    picture.data.set([ink, ink, ink, 255], 4 * index);
  }
  return PNG.sync.write(picture);
}

describeInWorkbench('a folder of pictures', () => {
  let session: Session;
  const folder = mkdtempSync(join(tmpdir(), 'lift-pictures-'));

  beforeAll(async () => {
    const pictures = join(folder, 'bars');
    for (const label of ['lying', 'standing']) {
      mkdirSync(join(pictures, label), { recursive: true });
      for (let place = 1; place < 15; place++) {
        writeFileSync(join(pictures, label, `${place}.png`), drawing(label === 'lying', place));
      }
    }
    session = await openSession({ files: [pictures] });
  });

  afterAll(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('becomes a table whose rows are seen as images, and are read as one digit a pixel', async () => {
    const { workbench } = session;
    await workbench.rightClick('bars', 'Create Table from Images…');
    const field = workbench.page.locator('.quick-input-widget input').first();
    await field.fill('8x8');
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => field.inputValue(), { timeout: 30_000 }).toMatch(/bars-pixels\.csv$/);
    await workbench.page.keyboard.press('Enter');
    const made = workbench.notification('28 images of 8 × 8 pixels are in');
    await made.waitFor({ timeout: 60_000 });
    await made.getByRole('button', { name: 'Open Table' }).click();
    const predictions = new PredictionsPage(workbench);
    await predictions.rows.first().locator('canvas').waitFor();

    await workbench.rightClick('bars-pixels.csv', 'Fine-tune with LIFT');
    const recipe = new RecipePage(workbench);
    await recipe.waitForPreview();
    await expect.poll(() => recipe.preview.innerText(), { timeout: 30_000 }).toMatch(/\d{64} ###/);
  });
});
