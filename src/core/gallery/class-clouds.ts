import { Random } from '../foundation/random';
import type { GalleryOptions, GalleryTable } from './gallery-table';
import { cellOf } from './gallery-table';

type Point = readonly [number, number];

/** A point of a class, before noise. */
type Cloud = (random: Random) => Point;

/**
 * The two-dimensional classification tables of the LIFT paper (NeurIPS 2022, appendix on data sets), each class equally
 * frequent. `noise` is the standard deviation added to both coordinates; the clouds of `blobs` are one wide by themselves.
 */
const tables: Record<string, readonly Cloud[]> = {
  'nine-clusters': [-10, 0, 10].flatMap((x) => [-10, 0, 10].map((y): Cloud => around([x, y], Math.sqrt(0.1)))),
  blobs: (
    [
      [3.93, -4.28],
      [-5.46, 1.03],
      [4.39, -1.54],
      [9.62, 3.7],
    ] as const
  ).map((centre) => around(centre, 1)),
  circles: [ring(1, 0), ring(0.8, 0)],
  // The second pair of rings is the first one moved, with its classes exchanged.
  'two-circles': [either(ring(1, 0), ring(0.8, 3)), either(ring(0.8, 0), ring(1, 3))],
  moons: [moon(1), moon(-1)],
};

export const cloudNames: readonly string[] = Object.keys(tables);

/** One of `cloudNames`: columns `x1`, `x2` and `class` (class names are letters). */
export function cloudTable(name: string, { rows, seed, noise }: GalleryOptions): GalleryTable {
  const clouds = tables[name]!;
  const random = Random.derive(seed, `gallery ${name}`);
  const drawn = Array.from({ length: rows }, (_, index) => {
    const [x, y] = clouds[index % clouds.length]!(random);
    // The noise of blobs and nine clusters is their own spread.
    const added = name === 'blobs' || name === 'nine-clusters' ? 0 : noise;
    const point = [x + added * random.normal(), y + added * random.normal()].map(cellOf);
    return [...point, String.fromCharCode('a'.charCodeAt(0) + (index % clouds.length))];
  });
  return { columns: ['x1', 'x2', 'class'], rows: random.shuffle(drawn) };
}

function around([x, y]: Point, spread: number): Cloud {
  return (random) => [x + spread * random.normal(), y + spread * random.normal()];
}

function ring(radius: number, shift: number): Cloud {
  return (random) => {
    const angle = 2 * Math.PI * random.next();
    return [shift + radius * Math.cos(angle), shift + radius * Math.sin(angle)];
  };
}

function either(first: Cloud, second: Cloud): Cloud {
  return (random) => (random.next() < 0.5 ? first : second)(random);
}

/** Interleaving half circles: the upper one around (0, 0), the lower one around (1, 0.5). */
function moon(side: 1 | -1): Cloud {
  return (random) => {
    const angle = Math.PI * random.next();
    return side === 1 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
  };
}
