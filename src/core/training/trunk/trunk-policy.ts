import { join } from 'node:path';
import type { HiddenStore } from './hidden-store';
import { FileStore, MemoryStore } from './hidden-store';
import type { TrainingSettings } from '../settings';
import { phrase } from '../../foundation/phrase';
import type { Said } from '../../foundation/phrase';

/** Where the trunk's hidden states are kept; `none`: they are computed anew in every step. */
export type TrunkPlace = 'none' | 'memory' | 'disk';

/** Bytes of hidden states that may stay in memory, and on the disk. */
const memoryLimit = 2 ** 30;
const diskLimit = 2 ** 34;

export interface TrunkPlan {
  readonly place: TrunkPlace;
  /** Why there is no cache although it was wanted or would be of use, for people. */
  readonly reason?: Said;
}

/**
 * Decides whether to keep the trunk's hidden states, from settings and sizes alone, so that a resumed training decides
 * the same.
 * @param frozen layers below the lowest adapted one
 * @param bytes of all hidden states; undefined when the examples change from epoch to epoch
 */
export function planTrunk(
  settings: Pick<TrainingSettings, 'cacheTrunk' | 'epochs' | 'steps'>,
  frozen: number,
  bytes: number | undefined,
  hasFolder: boolean,
): TrunkPlan {
  if (settings.cacheTrunk === false || frozen === 0) return { place: 'none' };
  if (settings.cacheTrunk === 'auto' && settings.steps === null && settings.epochs < 2) return { place: 'none' };
  if (bytes === undefined) {
    return {
      place: 'none',
      reason: phrase`The frozen layers run in every epoch, as the prompts change from epoch to epoch.`,
    };
  }
  if (bytes <= memoryLimit) return { place: 'memory' };
  if (hasFolder && bytes <= diskLimit) return { place: 'disk' };
  const size = `${(bytes / 2 ** 30).toFixed(1)} GB`;
  return {
    place: 'none',
    reason: phrase`The frozen layers run in every epoch, as keeping their outputs would take ${size}.`,
  };
}

/** @throws LiftError `file-unwritable` */
export async function openHiddenStore(place: 'memory' | 'disk', folder: string | undefined): Promise<HiddenStore> {
  return place === 'disk' ? FileStore.create(join(folder!, 'trunk.bin')) : new MemoryStore();
}
