import { spawn } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleProgram } from '../../helpers/bundle';
import { temporaryFolders } from '../model/temporary-folder';
import { tinyLanguageModel } from './tiny-language-model';

const newFolder = temporaryFolders();

/** Runs the program and kills it as soon as it says that it has done `step` steps. Returns whether it was killed. */
function run(program: string, args: readonly string[], step = Infinity): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const [, said] of text.matchAll(/step (\d+)\n/g)) if (Number(said) >= step) child.kill('SIGKILL');
    });
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(signal === 'SIGKILL');
      else reject(new Error(`The program ended with ${code ?? signal}.`));
    });
  });
}

describe('a training whose process is killed', () => {
  it('is continued to the very same bytes', { timeout: 180_000 }, async () => {
    const folder = await newFolder();
    const model = await tinyLanguageModel(folder);
    const program = await bundleProgram(
      join(import.meta.dirname, 'fixtures', 'train-program.ts'),
      join(folder, 'train-program.js'),
    );
    await symlink(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'), 'junction');
    const whole = join(folder, 'whole.bin');
    await run(program, [model.path, await newFolder(), whole]);

    const resumed = join(folder, 'resumed.bin');
    const checkpoints = await newFolder();
    for (const step of [1, 4, 9]) expect(await run(program, [model.path, checkpoints, resumed], step)).toBe(true);
    await run(program, [model.path, checkpoints, resumed]);
    expect((await readFile(resumed)).equals(await readFile(whole))).toBe(true);
  });
});
