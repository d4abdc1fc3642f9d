import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';

/** Where things lie in a run folder. */
export interface RunFolder {
  readonly path: string;
  /** `run.json`: state, versions, model, dataset, timing; see run-state. */
  readonly state: string;
  /** The recipe as run. */
  readonly recipe: string;
  /** Row numbers of each part. */
  readonly split: string;
  /** Events as JSON lines. */
  readonly log: string;
  readonly metrics: string;
  readonly predictions: string;
  /** What the formats, the temperature and the interval were fitted to: needed to predict again. */
  readonly fitted: string;
  /** The training rows from which prompts take their examples, as the run understood them. */
  readonly examples: string;
  /** LoRA adapter in PEFT layout. */
  readonly adapter: string;
  /** The whole model, after full fine-tuning. */
  readonly model: string;
  readonly checkpoints: string;
  /** The process that works on the run, and its heartbeat. */
  readonly engine: string;
  /** A file that asks the run to stop. */
  readonly cancel: string;
}

/** The paths of a run folder; nothing is read or made. */
export function runFolderAt(path: string): RunFolder {
  return {
    path,
    state: join(path, 'run.json'),
    recipe: join(path, 'recipe.lift.json'),
    split: join(path, 'split.json'),
    log: join(path, 'log.jsonl'),
    metrics: join(path, 'metrics.json'),
    predictions: join(path, 'predictions.csv'),
    fitted: join(path, 'fitted.json'),
    examples: join(path, 'examples.jsonl'),
    adapter: join(path, 'adapter'),
    model: join(path, 'model'),
    checkpoints: join(path, 'checkpoints'),
    engine: join(path, 'engine.json'),
    cancel: join(path, 'cancel'),
  };
}

/** Where runs go that name no folder: `.lift/runs` in the working folder or the workspace. */
export function runsFolderIn(folder: string): string {
  return join(folder, '.lift', 'runs');
}

/**
 * Makes a new run folder: `out` when it is given, else `<runsFolder>/<time>-<name>`.
 * Throws `usage` when `out` is there already and holds something: a run never mixes with other files.
 */
export async function createRunFolder(
  runsFolder: string,
  name: string,
  out: string | undefined,
  now: Date,
): Promise<RunFolder> {
  if (out !== undefined) {
    if (await holdsSomething(out)) {
      throw new LiftError(
        'usage',
        phrase`The output folder ${out} is not empty.`,
        'Name a new folder, or continue the run in it with --resume.',
      );
    }
    await mkdir(out, { recursive: true });
    return runFolderAt(out);
  }
  await mkdir(runsFolder, { recursive: true });
  // Runs hold adapters of many megabytes: they stay out of version control unless the user says otherwise.
  await writeFile(join(runsFolder, '.gitignore'), '*\n', { flag: 'wx' }).catch(() => undefined);
  const wanted = `${timestamp(now)}-${plainName(name)}`;
  for (let attempt = 1; ; attempt++) {
    const path = join(runsFolder, attempt === 1 ? wanted : `${wanted}-${attempt}`);
    try {
      await mkdir(path);
      return runFolderAt(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function holdsSomething(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && (!found.isDirectory() || (await readdir(path)).length > 0);
}

/** Local time as `2026-11-23T14-05-09`: sorts by time, and no character that Windows refuses in names. */
function timestamp(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}

function plainName(name: string): string {
  const plain = basename(name)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  return plain === '' ? 'run' : plain;
}
