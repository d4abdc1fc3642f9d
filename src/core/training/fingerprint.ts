import { createHash } from 'node:crypto';
import type { Parameters } from './initial-parameters';
import type { TrainingSettings } from './settings';
import type { TokenExample } from './batches/token-example';

/**
 * SHA-256 over everything that decides how a training goes, so that a checkpoint is continued with the same only.
 * @param modelHash of the base model
 * @param examples those of the first epoch, and those for validation
 */
export function trainingFingerprint(
  modelHash: string,
  settings: TrainingSettings,
  start: Parameters | undefined,
  examples: readonly (readonly TokenExample[])[],
): string {
  const hash = createHash('sha256');
  const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
  hash.update(JSON.stringify({ modelHash, settings: sorted }));
  const add = (values: Int32Array | Float32Array | undefined): void => {
    hash.update(`${values?.length ?? -1} `);
    if (values !== undefined) hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  };
  for (const [name, { data }] of start ?? []) {
    hash.update(name);
    add(data);
  }
  for (const list of examples) {
    hash.update(`${list.length} examples`);
    for (const { tokens, lossPositions, weights, visibleUntil, positionIds } of list) {
      for (const values of [tokens, lossPositions, weights, visibleUntil, positionIds]) add(values);
    }
  }
  return hash.digest('hex');
}
