import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withEngine } from '../../../src/extension/commands/with-engine';
import type { TrainingService } from '../../../src/extension/training/training-service';
import { temporaryFolder } from '../../helpers/bundle';
import { user } from '../../helpers/dialogs';
import { processExists } from '../../helpers/processes';

it('tells who cancels while the engine comes up at once, and leaves no engine behind', async () => {
  const folder = await temporaryFolder();
  const [enginePath, pidFile, goFile] = ['engine.cjs', 'pid', 'go'].map((name) => join(folder, name));
  await writeFile(
    enginePath!,
    `const { existsSync, writeFileSync } = require('node:fs');
     writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
     setInterval(() => existsSync(${JSON.stringify(goFile)}) && process.send({ kind: 'ready', pid: process.pid }), 10);`,
  );
  const training = {
    engineOptionsFor: () => Promise.resolve({ enginePath: enginePath! }),
  } as unknown as TrainingService;
  user.will();
  user.impatient = true;
  let hasWorked = false;
  const work = withEngine(training, 'A study', () => {
    hasWorked = true;
    return Promise.resolve();
  });
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(() => existsSync(pidFile!), { timeout: 20_000 }).toBe(true);
  await writeFile(goFile!, '');
  const pid = Number(readFileSync(pidFile!, 'utf8'));
  await expect.poll(() => processExists(pid), { timeout: 20_000 }).toBe(false);
  expect(hasWorked).toBe(false);
});
