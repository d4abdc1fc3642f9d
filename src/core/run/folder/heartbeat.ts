import { readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as v from 'valibot';
import { writeFileAtomically } from '../../foundation/atomic-file';
import type { RunFolder } from './run-folder';

const PERIOD_MS = 2000;
/** A heartbeat this old is no sign of life, whatever the process number says: numbers are given out again. */
const STALE_MS = 10 * 60_000;

const Heartbeat = v.object({ pid: v.number(), host: v.string(), time: v.number() });

/** The files of a folder in which a process works: of a run, or of a study. */
export type WorkPlace = Pick<RunFolder, 'path' | 'engine' | 'cancel'>;

/**
 * Says in the folder, every two seconds, that this process works there, and calls `onCancel` when someone has
 * put a `cancel` file there, or has deleted the folder. Both are for those who have no channel to this process: a reloaded editor, another terminal.
 * Gives back the function that ends it.
 */
export async function startHeartbeat(folder: WorkPlace, onCancel: () => void): Promise<() => Promise<void>> {
  await rm(folder.cancel, { force: true });
  const beat = (): Promise<void> =>
    writeFileAtomically(
      folder.engine,
      JSON.stringify({ pid: process.pid, host: hostname(), time: Date.now() } satisfies v.InferOutput<
        typeof Heartbeat
      >),
    );
  await beat();
  let last: Promise<unknown> = Promise.resolve();
  const beating = setInterval(() => {
    // A full disk must not end the run here: the run itself meets it when it writes something that matters.
    last = last.then(beat).catch(() => undefined);
  }, PERIOD_MS);
  const looking = setInterval(() => {
    void isCancelled(folder).then((cancelled) => {
      if (cancelled) onCancel();
    });
  }, PERIOD_MS / 8);
  return async () => {
    clearInterval(beating);
    clearInterval(looking);
    await last;
    await rm(folder.engine, { force: true });
    await rm(folder.cancel, { force: true });
  };
}

/** Nothing is left to work for when the folder is gone. */
async function isCancelled(folder: WorkPlace): Promise<boolean> {
  const [cancel, path] = await Promise.all([folder.cancel, folder.path].map(exists));
  return cancel! || !path!;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => (error as NodeJS.ErrnoException).code !== 'ENOENT',
  );
}

/** Asks whatever process works on the run to stop; within a second it keeps its best checkpoint and ends. */
export async function requestCancel(folder: WorkPlace): Promise<void> {
  await writeFileAtomically(folder.cancel, '');
}

/** The process that works on the run, when it is alive. */
export async function runningProcess(folder: WorkPlace): Promise<number | undefined> {
  const text = await readFile(folder.engine, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Heartbeat), text);
  if (!parsed.success || Date.now() - parsed.output.time > STALE_MS) return undefined;
  const { pid, host } = parsed.output;
  // Of another machine (a shared folder) only the heartbeat can be judged.
  return host !== hostname() || processExists(pid) ? pid : undefined;
}

export async function isAlive(folder: WorkPlace): Promise<boolean> {
  return (await runningProcess(folder)) !== undefined;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
