import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { writeFileAtomically } from '../../foundation/atomic-file';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { SaidOfError } from '../../foundation/said-schema';
import { BackendChoice } from '../backend-choice';
import { isAlive } from './heartbeat';
import type { RunFolder } from './run-folder';

const RunState = v.object({
  version: v.literal(1),
  name: v.string(),
  /** `stopped`: cancelled or killed, can be resumed. `failed`: ended with an error, which stands beside. */
  state: v.picklist(['created', 'running', 'stopped', 'failed', 'done']),
  createdAt: v.string(),
  updatedAt: v.string(),
  versions: v.object({ lift: v.string(), node: v.string() }),
  task: v.picklist(['classification', 'regression']),
  target: v.string(),
  /** The base model, by name and content: predictions need the very same one. */
  model: v.object({ id: v.string(), path: v.string(), hash: v.string() }),
  /** SHA-256 of the file's bytes: a resumed run must read the very same table. */
  dataset: v.object({ path: v.string(), bytes: v.number(), sha256: v.string() }),
  /** Whether the model only reads rows in its prompts; such a run trains nothing. */
  readsOnly: v.optional(v.boolean()),
  /** Where the run happens; the local engine when left out. */
  backend: v.optional(BackendChoice),
  /** Seconds by stage. */
  timing: v.record(v.string(), v.number()),
  error: v.optional(
    v.object({ code: v.string(), message: v.string(), hint: v.string(), said: v.optional(SaidOfError) }),
  ),
});

/** What `run.json` holds. */
export type RunState = v.InferOutput<typeof RunState>;

/**
 * Reads `run.json`. A run that says `running` but whose process is gone was killed: it is given as `stopped`.
 * Throws `run-invalid` when the folder is no run folder or its state cannot be understood.
 */
export async function readRunState(folder: RunFolder): Promise<RunState> {
  const text = await readFile(folder.state, 'utf8').catch((error: unknown) => {
    const missing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    if (!missing) throw LiftError.from(error);
    throw new LiftError(
      'run-invalid',
      phrase`${folder.path} is not a run folder: it has no run.json.`,
      'Name a folder that `lift fine-tune` made.',
    );
  });
  let state: RunState;
  try {
    state = v.parse(RunState, JSON.parse(text));
  } catch (error) {
    throw new LiftError(
      'run-invalid',
      phrase`${folder.state} cannot be understood: ${(error as Error).message}.`,
      'It was changed by hand, or is of another version of LIFT.',
      { cause: error },
    );
  }
  if (state.state === 'running' && !(await isAlive(folder))) return { ...state, state: 'stopped' };
  return state;
}

/** Writes `run.json` atomically and gives back what was written. */
export async function writeRunState(folder: RunFolder, state: RunState): Promise<RunState> {
  const updated = { ...state, updatedAt: new Date().toISOString() };
  await writeFileAtomically(folder.state, `${JSON.stringify(updated, undefined, 2)}\n`);
  return updated;
}
