import { createHash } from 'node:crypto';
import { zipArchive } from './zip-archive';

/** Files of a job, by their path in its working folder. */
export type JobFiles = Map<string, Uint8Array>;

export function jsonFile(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** JSON lines. */
export function linesFile(values: readonly unknown[]): Uint8Array {
  return Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}

/** All that a job gets, packed. */
export interface JobPackage {
  /** Names the job: the same files have the same key. */
  readonly key: string;
  readonly archive: Uint8Array;
}

/** @param spec what `job.json` says, but for the key */
export function packJob(files: JobFiles, spec: Readonly<Record<string, unknown>>): JobPackage {
  const hash = createHash('sha256').update(JSON.stringify(spec));
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`\n${path}\n${content.length}\n`).update(content);
  }
  const key = `lift-${hash.digest('hex').slice(0, 24)}`;
  const archive = zipArchive(new Map(files).set('job.json', jsonFile({ ...spec, key })));
  return { key, archive };
}
