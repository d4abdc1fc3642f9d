import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { readIdxFile } from './idx-file';
import type { ImageSource } from './image-source';

/**
 * The images of an IDX file with the labels of another: the one named, or the one that MNIST's names say belongs to it
 * (`train-images-idx3-ubyte.gz` and `train-labels-idx1-ubyte.gz`), where it lies beside.
 *
 * @throws LiftError as `readIdxFile` does; `file-unreadable` when a file holds no images, or not as many labels
 */
export async function openIdxImages(path: string, labelsPath = labelsBeside(path)): Promise<ImageSource> {
  const { shape, values } = await readIdxFile(path);
  const [count, height, width] = shape;
  const total = shape.reduce((product, length) => product * length, 1);
  if (shape.length !== 3 || total === 0) {
    const hint = shape.length === 1 ? 'These are labels: name the file of the images.' : '';
    throw new LiftError(
      'file-unreadable',
      phrase`${path} holds no grey images, but an array of ${shape.join(' × ')}.`,
      hint,
    );
  }
  const labels = labelsPath === undefined ? undefined : await readLabels(labelsPath, count!);
  const size = height! * width!;
  return {
    count: count!,
    isLabelled: labels !== undefined,
    labelOf: (index) => String(labels![index]!),
    read: (index) => {
      const pixels = values.subarray(index * size, (index + 1) * size);
      return Promise.resolve({ width: width!, height: height!, pixels });
    },
  };
}

async function readLabels(path: string, count: number): Promise<Uint8Array> {
  const { shape, values } = await readIdxFile(path);
  if (shape.length === 1 && values.length === count) return values;
  throw new LiftError(
    'file-unreadable',
    phrase`${path} holds an array of ${shape.join(' × ')}, not the labels of ${count.toLocaleString('en')} images.`,
    'Name the file of their labels.',
  );
}

function labelsBeside(path: string): string | undefined {
  const name = basename(path);
  const other = name.replace('images', 'labels').replace('idx3', 'idx1');
  if (other === name) return undefined;
  const withoutEnding = other.replace(/\.gz$/iu, '');
  return [other, withoutEnding, `${withoutEnding}.gz`]
    .map((candidate) => join(dirname(path), candidate))
    .find((candidate) => existsSync(candidate));
}
