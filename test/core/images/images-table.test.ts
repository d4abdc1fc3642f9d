import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode as encodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { imagesTable } from '../../../src/core/images/images-table';
import type { ImagesRequest, ImagesResult } from '../../../src/core/images/requests';
import { pixelGrid } from '../../../src/core/table/image/pixel-grid';
import { temporaryFolders } from '../model/temporary-folder';
import { idxBytes } from './write-idx';

const folders = temporaryFolders();
let folder: string;
beforeEach(async () => {
  folder = await folders();
});

async function table(request: Partial<ImagesRequest>): Promise<{ result: ImagesResult; lines: string[][] }> {
  const out = join(folder, 'out.csv');
  const whole = { source: folder, out, levels: 256, seed: 0, ...request };
  const result = await imagesTable(whole, { emit: () => undefined, signal: undefined });
  const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
  return { result, lines: lines.map((line) => line.split(',')) };
}

/** A picture whose pixels are `shade` of their column and line, as PNG. */
function png(width: number, height: number, shade: (x: number, y: number) => number, opacity = 255): Buffer {
  const picture = new PNG({ width, height });
  for (let index = 0; index < width * height; index++) {
    const grey = shade(index % width, Math.floor(index / width));
    picture.data.set([grey, grey, grey, opacity], 4 * index);
  }
  return PNG.sync.write(picture);
}

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('a table of images', () => {
  it('crops the digits of MNIST to 18 × 18 and finds their labels beside them', async () => {
    const pixels = Array.from({ length: 3 * 28 * 28 }, (_, index) => index % 251);
    const source = file('train-images-idx3-ubyte.gz', gzipSync(idxBytes([3, 28, 28], pixels)));
    file('train-labels-idx1-ubyte', idxBytes([3], [7, 0, 7]));
    const { result, lines } = await table({ source });
    expect(result).toMatchObject({ rows: 3, width: 18, height: 18, labels: ['7', '0'] });
    const [header, first, , third] = lines as [string[], string[], string[], string[]];
    expect(header).toHaveLength(18 * 18 + 1);
    expect([header[0], header[17], header[18], header.at(-1)]).toEqual([
      'pixel_1_1',
      'pixel_1_18',
      'pixel_2_1',
      'label',
    ]);
    expect(pixelGrid(header)).toMatchObject({ width: 18, height: 18 });
    expect(first[0]).toBe(String(pixels[5 * 28 + 5]));
    expect(third.at(-2)).toBe(String(pixels[2 * 28 * 28 + 22 * 28 + 22]));
    expect(lines.slice(1).map((cells) => cells.at(-1))).toEqual(['7', '0', '7']);
  });

  it('takes the names of sub-folders as labels, and the pictures of all of them at one size', async () => {
    mkdirSync(join(folder, 'dark'));
    mkdirSync(join(folder, 'light'));
    file(
      'dark/b.png',
      png(8, 8, () => 10),
    );
    file(
      'dark/a.PNG',
      png(40, 20, () => 20),
    );
    const data = Buffer.alloc(4 * 16 * 16, 200);
    file('light/c.jpeg', encodeJpeg({ width: 16, height: 16, data }, 95).data);
    const { result, lines } = await table({ size: { width: 4, height: 4 } });
    expect(result.labels).toEqual(['dark', 'light']);
    expect(lines[0]!.slice(0, 2)).toEqual(['file', 'pixel_1_1']);
    expect(lines.slice(1).map((cells) => [cells[0], cells[1], cells.at(-1)])).toEqual([
      [join('dark', 'a.PNG'), '20', 'dark'],
      [join('dark', 'b.png'), '10', 'dark'],
      [join('light', 'c.jpeg'), '200', 'light'],
    ]);
  });

  it('scales down by the mean of areas, in the middle of what is too wide', async () => {
    file(
      'a.png',
      png(12, 8, (x) => (x < 2 ? 255 : (x - 2) * 10)),
    );
    const { lines } = await table({ size: { width: 4, height: 4 } });
    expect(lines[1]!.slice(1, 5)).toEqual(['5', '25', '45', '65']);
  });

  it('scales large pictures to at most 18 pixels a side unless told otherwise', async () => {
    file(
      'a.png',
      png(72, 36, () => 1),
    );
    expect((await table({})).result).toMatchObject({ width: 18, height: 9, labels: [] });
  });

  it('writes fewer shades, and what is transparent as paper', async () => {
    file(
      'a.png',
      png(4, 4, (x) => x * 85),
    );
    file(
      'b.png',
      png(4, 4, () => 0, 0),
    );
    const { lines } = await table({ levels: 4 });
    expect(lines[1]!.slice(1, 5)).toEqual(['0', '1', '2', '3']);
    expect(lines[2]!.slice(1, 5)).toEqual(['3', '3', '3', '3']);
  });

  it('reads tables of pixels that are numbered or named by row and column', async () => {
    const cells = Array.from({ length: 16 }, (_, index) => index);
    const numbered = file(
      'numbered.csv',
      Buffer.from(`digit,${cells.map((index) => `pixel${index}`).join(',')}\n5,${cells.join(',')}\n`),
    );
    const { result, lines } = await table({ source: numbered });
    expect(result).toMatchObject({ width: 4, height: 4, labels: ['5'] });
    expect(lines[1]).toEqual([...cells.map(String), '5']);
    const swapped = cells.map((index) => `p${(index % 4) + 1}x${Math.floor(index / 4) + 1}`);
    const named = file('named.csv', Buffer.from(`${swapped.join(',')}\n${cells.join(',')}\n`));
    expect((await table({ source: named })).lines[1]!.slice(0, 5)).toEqual(['0', '4', '8', '12', '1']);
  });

  it('draws a few of the images at random, in their order', async () => {
    const source = file(
      'digits',
      idxBytes(
        [50, 4, 4],
        Array.from({ length: 800 }, (_, index) => index >> 4),
      ),
    );
    const { lines } = await table({ source, rows: 10, seed: 3 });
    const drawn = lines.slice(1).map((cells) => Number(cells[0]));
    expect(new Set(drawn).size).toBe(10);
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  });

  it.each([
    ['an empty folder', () => folder, 'holds no pictures'],
    ['a file that is cut off', () => file('x', idxBytes([2, 4, 4], [1, 2])), 'it should hold 2 × 4 × 4 bytes'],
    ['a file of another kind', () => file('x', Buffer.from('hello')), 'is no IDX file'],
    ['labels instead of images', () => file('x', idxBytes([2], [1, 2])), 'holds no grey images'],
    ['a damaged archive', () => file('x.gz', Buffer.from([0x1f, 0x8b, 1])), 'cannot be unpacked'],
    ['a table without pixels', () => file('x.csv', Buffer.from('a,b\n1,2\n')), 'has no columns of pixels'],
    ['a path that is not there', () => join(folder, 'nowhere'), 'does not exist'],
  ])('says what is wrong with %s', async (_, source, message) => {
    await expect(table({ source: source() })).rejects.toThrow(message);
  });

  it('names the picture that cannot be read, and pictures without a label among those with one', async () => {
    file('broken.png', Buffer.from('no picture'));
    await expect(table({})).rejects.toThrow('broken.png is no picture that can be read');
    mkdirSync(join(folder, 'cats'));
    file('cats/a.png', Buffer.from(''));
    await expect(table({})).rejects.toThrow('which label have the former?');
  });
});
