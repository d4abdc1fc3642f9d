import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file so that a reader, or a run that is killed half-way, sees either the old content or the new, never a part:
 * the bytes go to a neighbour file, are flushed to the disk, and the neighbour is renamed over the target.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const neighbour = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(neighbour, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(neighbour, path);
  } catch (error) {
    await rm(neighbour, { force: true }).catch(() => undefined);
    // People know the file by its own name, and a full disk says none.
    throw Object.assign(error as Error, { path });
  }
}
