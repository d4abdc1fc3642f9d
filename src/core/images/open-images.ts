import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import { openPixelTable } from './csv-source';
import { openImageFolder } from './folder-source';
import { openIdxImages } from './idx-source';
import type { ImageSource } from './image-source';
import type { ImagesRequest } from './requests';

/**
 * Opens a folder of pictures, an IDX file, or a table of pixels, told apart by what is there and how it is named.
 * @throws LiftError as the three kinds do
 */
export async function openImages(
  path: string,
  { labels, labelColumn }: Pick<ImagesRequest, 'labels' | 'labelColumn'>,
  signal: AbortSignal | undefined,
): Promise<ImageSource> {
  const found = await stat(path).catch((error: unknown) => {
    throw LiftError.from(error);
  });
  if (found.isDirectory()) return openImageFolder(path);
  if (['.csv', '.tsv', '.txt'].includes(extname(path).toLowerCase())) return openPixelTable(path, labelColumn, signal);
  return openIdxImages(path, labels);
}
