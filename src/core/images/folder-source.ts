import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { imageEndings, readImageFile } from './image-file';
import type { ImageSource } from './image-source';

/**
 * The pictures of a folder. Where its sub-folders hold pictures, their names are the labels; pictures beside the
 * sub-folders then have none and are an error.
 *
 * @throws LiftError `file-not-found`; `file-unreadable` when there are no pictures; `usage` when only some have labels
 */
export async function openImageFolder(path: string): Promise<ImageSource> {
  const entries = await list(path);
  const own = imagesAmong(entries).map((name) => ({ name, label: undefined }));
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const inFolders = await Promise.all(
    folders.map(async ({ name: label }) =>
      imagesAmong(await list(join(path, label))).map((name) => ({ name: join(label, name), label })),
    ),
  );
  const labelled = inFolders.flat();
  if (own.length > 0 && labelled.length > 0) {
    throw new LiftError(
      'usage',
      phrase`${path} has pictures of its own (such as ${own[0]!.name}) and in sub-folders (such as ${labelled[0]!.name}): which label have the former?`,
      'Move them into a sub-folder, whose name is then their label.',
    );
  }
  const images = labelled.length > 0 ? labelled : own;
  if (images.length === 0) {
    throw new LiftError(
      'file-unreadable',
      phrase`${path} holds no pictures.`,
      phrase`They end with ${imageEndings.join(', ')}; sub-folders of one level are looked into, and their names are the labels.`,
    );
  }
  return {
    count: images.length,
    isLabelled: labelled.length > 0,
    nameOf: (index) => images[index]!.name,
    labelOf: (index) => images[index]!.label!,
    read: (index) => readImageFile(join(path, images[index]!.name)),
  };
}

interface Entry {
  readonly name: string;
  isDirectory(): boolean;
  isFile(): boolean;
}

async function list(path: string): Promise<Entry[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  } catch (error) {
    throw LiftError.from(error);
  }
}

function imagesAmong(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) =>
    !entry.isDirectory() && !entry.name.startsWith('.') && imageEndings.includes(extname(entry.name).toLowerCase())
      ? entry.name
      : [],
  );
}
