import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeFileAtomically } from '../../foundation/atomic-file';
import type { RunFolder } from '../../run/folder/run-folder';

const JobState = v.object({
  version: v.literal(1),
  kind: v.string(),
  /** In words: where the job is. */
  destination: v.string(),
  /** The key under which it was submitted. */
  name: v.string(),
  /** By which the service knows it; missing while it is being sent. */
  id: v.optional(v.string()),
  /** `stopped`: by its user, so nobody goes on with it unasked. `lost`: the service does not know it any more. */
  phase: v.picklist(['sending', 'submitted', 'stopped', 'failed', 'lost', 'home']),
  /** What has left this machine. */
  sent: v.object({ bytes: v.number(), rows: v.number(), columns: v.array(v.string()) }),
  /** Epochs and notices of the job that stand in the run's log already. */
  said: v.number(),
  /** By which a service with files of its own knows those that were uploaded; missing once they are deleted. */
  files: v.optional(v.object({ training: v.optional(v.string()), validation: v.optional(v.string()) })),
  /** By which the service knows what was trained, where that stays with it. */
  model: v.optional(v.string()),
});

/** The job of a run, as `job.json` of the run folder keeps it. It holds no key or token. */
export type JobState = v.InferOutput<typeof JobState>;

/** Where the state of a run's job is. */
export function jobStatePath({ path }: RunFolder): string {
  return join(path, 'job.json');
}

/** Undefined when there is none that can be understood: then the job is begun anew, which finds it by its key. */
export async function readJobState(folder: RunFolder): Promise<JobState | undefined> {
  const text = await readFile(jobStatePath(folder), 'utf8').catch(() => undefined);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), JobState), text);
  return parsed.success ? parsed.output : undefined;
}

export async function writeJobState(folder: RunFolder, state: JobState): Promise<void> {
  await writeFileAtomically(jobStatePath(folder), `${JSON.stringify(state, undefined, 2)}\n`);
}

/** Whether a run is worked on elsewhere, although no process here watches it: another one should go on with it. */
export async function isUnderWayElsewhere(folder: RunFolder): Promise<boolean> {
  const state = await readJobState(folder);
  return state?.phase === 'sending' || state?.phase === 'submitted';
}
