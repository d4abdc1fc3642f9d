import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A function that writes files into a folder of their own, which is removed after the tests of the file. */
export function temporaryFiles(): (content: string | Uint8Array, name?: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'lift-table-'));
  let count = 0;
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return (content, name = 'table.csv') => {
    const path = join(folder, `${count++}-${name}`);
    writeFileSync(path, content);
    return path;
  };
}
