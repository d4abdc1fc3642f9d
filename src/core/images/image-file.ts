import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { Image } from './image';

/** How the files of pictures end that can be read. */
export const imageEndings: readonly string[] = ['.png', '.jpg', '.jpeg'];

/** A picture of more pixels is not read: it would take gigabytes. */
const mostMegapixels = 100;

/**
 * Reads a PNG or JPEG as grey: the luma of its colours (ITU-R BT.601), what is transparent as if it lay on white paper.
 * @throws LiftError `file-not-found`; `file-unreadable` for a damaged file, or one of another kind
 */
export async function readImageFile(path: string): Promise<Image> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw LiftError.from(error);
  }
  try {
    const isPng = extname(path).toLowerCase() === '.png';
    const { width, height, data } = isPng
      ? PNG.sync.read(bytes)
      : decodeJpeg(bytes, { useTArray: true, maxResolutionInMP: mostMegapixels });
    return { width, height, pixels: greyOf(data) };
  } catch (cause) {
    throw new LiftError(
      'file-unreadable',
      phrase`${path} is no picture that can be read: ${(cause as Error).message}.`,
      'Take it out, or save it again as PNG or JPEG.',
      { cause },
    );
  }
}

/** @param colours red, green, blue and opacity of each pixel, 0 to 255 */
function greyOf(colours: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(colours.length / 4);
  for (let index = 0; index < pixels.length; index++) {
    const at = 4 * index;
    const luma = 0.299 * colours[at]! + 0.587 * colours[at + 1]! + 0.114 * colours[at + 2]!;
    const opacity = colours[at + 3]! / 255;
    pixels[index] = Math.round(255 + (luma - 255) * opacity);
  }
  return pixels;
}
