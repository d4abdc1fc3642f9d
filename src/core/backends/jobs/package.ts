import { createHash } from 'node:crypto';
import type { ExportedFiles } from '../exports/files';
import { jsonFile } from '../exports/files';
import { zipArchive } from './zip-archive';

/** All that a job gets, packed. */
export interface JobPackage {
  /** Names the job: the same files have the same key. */
  readonly key: string;
  readonly archive: Uint8Array;
}

/**
 * @param files by their path in the job's working folder
 * @param spec what `job.json` says, but for the key
 */
export function packJob(files: ExportedFiles, spec: Readonly<Record<string, unknown>>): JobPackage {
  const hash = createHash('sha256').update(JSON.stringify(spec));
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`\n${path}\n${content.length}\n`).update(content);
  }
  const key = `lift-${hash.digest('hex').slice(0, 24)}`;
  const archive = zipArchive(new Map(files).set('job.json', jsonFile({ ...spec, key })));
  return { key, archive };
}
