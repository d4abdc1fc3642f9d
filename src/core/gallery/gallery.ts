import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { nearestName } from '../foundation/nearest-name';
import { cloudNames, cloudTable } from './class-clouds';
import type { GalleryOptions, GalleryTable } from './gallery-table';
import { networkNames, networkTable } from './network-classes';
import { functionNames, functionTable } from './regression-functions';
import type { FunctionOptions } from './regression-functions';

/** The synthetic tables that can be made, for learning and for tests. */
export const galleryNames: readonly string[] = [...cloudNames, ...networkNames, ...functionNames];

/** As many rows and as much noise as the LIFT paper has. */
export function galleryDefaults(name: string): { readonly rows: number; readonly noise: number } {
  return { rows: functionNames.includes(name) ? 350 : 2000, noise: networkNames.includes(name) ? 0 : 0.1 };
}

/**
 * A synthetic table of the LIFT paper: its five clouds of classes (`x1`, `x2`, `class`), the classes that a small network sees
 * after three lengths of training (likewise), or one of its six functions (`x1` … , `y`) in any number of dimensions.
 *
 * @throws LiftError `usage` for a name that is not in `galleryNames`
 */
export function galleryTable(name: string, options: GalleryOptions & Partial<FunctionOptions>): GalleryTable {
  if (cloudNames.includes(name)) return cloudTable(name, options);
  if (networkNames.includes(name)) return networkTable(name, options);
  if (functionNames.includes(name)) {
    return functionTable(name, { dimensions: 1, range: [-10, 10], integers: false, ...options });
  }
  const near = nearestName(name, galleryNames);
  throw new LiftError(
    'usage',
    phrase`There is no synthetic table "${name}".`,
    near === undefined
      ? phrase`There are: ${galleryNames.join(', ')}.`
      : phrase`Did you mean "${near}"? There are: ${galleryNames.join(', ')}.`,
  );
}
