import { nearestName } from '../../foundation/nearest-name';
import { isFields } from './keep-unknown';
import type { Recipe } from '../recipe';

type Key = string | number;

/**
 * The places that a dotted path of `--set` means, none when there is no such field. Features are named by their column (which
 * may have dots itself) or `*`; labels may be new.
 */
export function fieldPaths(recipe: Recipe, path: string): readonly (readonly Key[])[] {
  const segments = path.split('.');
  if (segments[0] === 'features' && segments.length > 1) {
    const column = segments.slice(1, -1).join('.');
    const field = segments.at(-1)!;
    return recipe.features.flatMap((feature, index) =>
      (column === '*' || feature.column === column) && Object.hasOwn(feature, field)
        ? [['features', index, field]]
        : [],
    );
  }
  if (path.startsWith('target.labels.')) return [['target', 'labels', path.slice('target.labels.'.length)]];
  let place: unknown = recipe;
  for (const segment of segments) {
    if (!isFields(place) || !Object.hasOwn(place, segment)) return [];
    place = place[segment];
  }
  return [segments];
}

/** The path that was most likely meant: the nearest of all, or one whose last part is just that. */
export function nearestPath(recipe: Recipe, path: string): string | undefined {
  const all = [...leafPaths(recipe, '')];
  const byEnd = all.find((candidate) => candidate.endsWith(`.${path}`));
  return byEnd ?? nearestName(path, all);
}

function* leafPaths(value: unknown, path: string): Generator<string> {
  if (path === 'features' && Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    for (const entry of entries) {
      if (isFields(entry)) for (const field of Object.keys(entry)) yield `features.${String(entry.column)}.${field}`;
    }
  } else if (isFields(value)) {
    for (const [key, inner] of Object.entries(value)) yield* leafPaths(inner, path === '' ? key : `${path}.${key}`);
  } else {
    yield path;
  }
}

/** Sets a value in a document that is JSON; the way there exists. */
export function setAt(document: object, keys: readonly Key[], value: unknown): void {
  let place: unknown = document;
  for (const key of keys.slice(0, -1)) place = Reflect.get(place as object, key);
  const property = { value, enumerable: true, writable: true, configurable: true };
  Object.defineProperty(place, keys.at(-1)!, property);
}
