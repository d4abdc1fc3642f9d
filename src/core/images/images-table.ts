import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError, throwIfCancelled } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { Random } from '../foundation/random';
import type { RunContext } from '../run/events';
import { StageClock } from '../run/progress/stage-clock';
import type { StageReport } from '../run/progress/stage-clock';
import { pixelName } from '../table/image/pixel-grid';
import { csvText } from '../table/csv/write-csv';
import { cropImage, fitImage, inLevels } from './image';
import type { Image } from './image';
import { openImages } from './open-images';
import type { ImageSize, ImagesRequest, ImagesResult } from './requests';

/** The paper takes 5 pixels off each side of the 28 × 28 of MNIST: prompts of 324 numbers. */
const paper = { side: 28, crop: 5 };
const mostSide = 18;
/** A prompt tells every pixel. */
const mostPixels = 4096;
const rowsAtOnce = 500;

/**
 * Writes images as an ordinary CSV: a column `file` where they have names, one column a pixel (`pixel_1_1` is the top left),
 * and a column `label` where they have labels.
 *
 * @throws LiftError as `openImages` does; `usage` when the images are too small to crop, or more pixels are asked for than
 *   prompts can tell; `cancelled`
 */
export async function imagesTable(request: ImagesRequest, context: RunContext): Promise<ImagesResult> {
  return new StageClock(context).time('reading', (report) => writeImages(request, context, report));
}

async function writeImages(request: ImagesRequest, { signal }: RunContext, report: StageReport): Promise<ImagesResult> {
  if (request.out === request.source) {
    throw new LiftError(
      'usage',
      phrase`${request.out} is the source itself, which is never written to.`,
      'Name another file.',
    );
  }
  const source = await openImages(request.source, request, signal);
  const chosen = chooseImages(source.count, request);
  const { crop, size } = shapeOf(await source.read(chosen[0]!), request);
  const { nameOf, isLabelled } = source;
  const rowOf = async (index: number): Promise<string[]> => [
    ...(nameOf ? [nameOf(index)] : []),
    ...Array.from(shaped(await source.read(index), crop, size, request.levels), String),
    ...(isLabelled ? [source.labelOf(index)] : []),
  ];
  const pixels = Array.from({ length: size.width * size.height }, (_, index) =>
    pixelName(Math.floor(index / size.width) + 1, (index % size.width) + 1),
  );
  let lines = [[...(nameOf ? ['file'] : []), ...pixels, ...(isLabelled ? ['label'] : [])]];
  const pieces: Buffer[] = [];
  for (let from = 0; from < chosen.length; from += rowsAtOnce) {
    throwIfCancelled(signal);
    report(from / chosen.length);
    lines.push(...(await Promise.all(chosen.slice(from, from + rowsAtOnce).map(rowOf))));
    const [first, ...others] = lines;
    pieces.push(Buffer.from(csvText(first!, others)));
    lines = [];
  }
  await writeFileAtomically(request.out, Buffer.concat(pieces));
  const labels = isLabelled ? [...new Set(chosen.map((index) => source.labelOf(index)))] : [];
  return { out: request.out, rows: chosen.length, ...size, labels };
}

/** All of the images, or a random few of them, in their order. */
function chooseImages(count: number, { rows, seed, source }: ImagesRequest): number[] {
  if (count === 0) throw new LiftError('file-unreadable', phrase`${source} holds no images.`);
  const all = [...Array(count).keys()];
  if (rows === undefined || rows >= count) return all;
  const chosen = Random.derive(seed, 'images').shuffle(all).slice(0, rows);
  return chosen.sort((a, b) => a - b);
}

function shapeOf(
  { width, height }: Image,
  request: ImagesRequest,
): { readonly crop: number; readonly size: ImageSize } {
  const isPapers = width === paper.side && height === paper.side && request.size === undefined;
  const crop = request.crop ?? (isPapers ? paper.crop : 0);
  const left = { width: width - 2 * crop, height: height - 2 * crop };
  if (left.width < 1 || left.height < 1) {
    throw new LiftError(
      'usage',
      phrase`Nothing is left of images of ${width} × ${height} pixels when ${crop} are taken off each side.`,
    );
  }
  const scale = Math.min(1, mostSide / Math.max(left.width, left.height));
  const size = request.size ?? {
    width: Math.max(1, Math.round(left.width * scale)),
    height: Math.max(1, Math.round(left.height * scale)),
  };
  if (size.width * size.height > mostPixels) {
    throw new LiftError(
      'usage',
      phrase`Images of ${size.width} × ${size.height} have ${size.width * size.height} pixels, more than a prompt can tell.`,
      phrase`Take a smaller size: at most ${mostPixels} pixels.`,
    );
  }
  return { crop, size };
}

function shaped(image: Image, crop: number, { width, height }: ImageSize, levels: number): Uint8Array {
  if (image.width <= 2 * crop || image.height <= 2 * crop) {
    throw new LiftError(
      'usage',
      phrase`One of the images has ${image.width} × ${image.height} pixels: nothing is left when ${crop} are taken off each side.`,
    );
  }
  const cropped = crop === 0 ? image : cropImage(image, crop);
  const isFitting = cropped.width === width && cropped.height === height;
  return inLevels(isFitting ? cropped : fitImage(cropped, width, height), levels).pixels;
}
