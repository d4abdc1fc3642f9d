import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What all files of a folder hold, byte by byte, to look for what must not be there. */
export async function everythingIn(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}
