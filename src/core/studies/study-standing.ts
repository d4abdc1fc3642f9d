import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as v from 'valibot';
import { writeFileAtomically } from '../foundation/atomic-file';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { leaving } from '../run/backend';
import { fingerprint } from '../run/folder/fingerprint';
import { isAlive } from '../run/folder/heartbeat';
import { liftVersion } from '../run/folder/versions';
import type { StudyRequest } from './requests';
import { studyFolderAt } from './study-folder';
import type { StudyFolder } from './study-folder';

const Standing = v.object({
  /** `stopped`: by someone who wanted it so. A study that says `running` and in whose folder nobody works was interrupted. */
  state: v.picklist(['running', 'stopped', 'failed', 'done']),
  runs: v.number(),
  done: v.number(),
});

/** How a study stands, as its folder says. */
export type Standing = v.InferOutput<typeof Standing>;

/** Of what a folder says about itself, that by which its study is asked for again. */
const Begun = v.object({
  study: v.string(),
  dataset: v.object({ path: v.string(), sha256: v.string() }),
  seeds: v.pipe(v.array(v.number()), v.minLength(1)),
  models: v.array(v.string()),
  recipe: v.object({ name: v.string() }),
  lift: v.string(),
});

/** A study that ended without anyone having wanted it: its window was closed, or its process was killed. */
export interface InterruptedStudy {
  readonly folder: StudyFolder;
  readonly standing: Standing;
  /** Of the table, as its recipe has it. */
  readonly name: string;
  /** What goes on with it, as it was begun. */
  readonly request: StudyRequest;
  /** SHA-256 of its table when it was begun. */
  readonly tableHash: string;
  /** The version of LIFT that has begun it. */
  readonly lift: string;
}

/** Does the work of a study and keeps, in its folder, how it stands. Throws whatever the work throws. */
export async function keepStanding<T>(
  folder: StudyFolder,
  signal: AbortSignal | undefined,
  work: (keep: (standing: Standing) => Promise<void>) => Promise<T>,
): Promise<T> {
  let last: Standing | undefined;
  const keep = async (standing: Standing): Promise<void> => {
    last = standing;
    await writeFileAtomically(folder.standing, standingText(standing));
  };
  try {
    return await work(keep);
  } catch (error) {
    const isCancelled = LiftError.is(error, 'cancelled');
    // Who leaves has not asked for an end: the study stays one that is to be gone on with.
    const isLeft = isCancelled && signal?.reason === leaving;
    // The error of the work is what people must learn, not that the disk is full once more.
    if (last && !isLeft) await keep({ ...last, state: isCancelled ? 'stopped' : 'failed' }).catch(() => undefined);
    throw error;
  }
}

/** A process that has lost its window writes its checkpoint and ends; in this time, in ms, it has done so. */
const endingTakes = 20_000;
const lookEvery = 250;

/**
 * The studies in a folder of studies that were interrupted; none where there is no such folder. A process that may be about
 * to end is waited for.
 */
export async function interruptedStudies(parent: string): Promise<InterruptedStudy[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => studyFolderAt(join(parent, name)));
  const found = await Promise.all(folders.map(interrupted));
  return found.filter((study) => study !== undefined);
}

/** The seeds that the study in a folder was last wanted with; undefined where there is none. */
export async function begunSeeds(path: string): Promise<number[] | undefined> {
  return (await readAs(studyFolderAt(path).identity, Begun))?.seeds;
}

/** Says of an interrupted study that nobody wants to go on with it now. */
export async function letRest({ folder, standing }: InterruptedStudy): Promise<void> {
  await writeFileAtomically(folder.standing, standingText({ ...standing, state: 'stopped' }));
}

/**
 * Results that were not measured alike stand in no plot together.
 * @throws LiftError `run-invalid` when the table has changed since, or another version of LIFT has begun the study;
 *   `file-not-found` when the table is gone
 */
export async function requireUnchanged({ request, tableHash, lift }: InterruptedStudy): Promise<void> {
  const anew = 'Run the study again: it is begun anew, in a folder beside this one.';
  if (lift !== liftVersion) {
    throw new LiftError(
      'run-invalid',
      phrase`Version ${lift} of LIFT has begun this study, and this is ${liftVersion}: their results do not go together.`,
      anew,
    );
  }
  const { sha256 } = await fingerprint(request.dataset);
  if (sha256 === tableHash) return;
  throw new LiftError('run-invalid', phrase`${request.dataset} has changed since the study was begun.`, anew);
}

async function interrupted(folder: StudyFolder): Promise<InterruptedStudy | undefined> {
  const isRunning = async (): Promise<boolean> => (await readAs(folder.standing, Standing))?.state === 'running';
  const deadline = Date.now() + endingTakes;
  while ((await isRunning()) && (await isAlive(folder)) && Date.now() < deadline) await setTimeout(lookEvery);
  const [standing, begun] = [await readAs(folder.standing, Standing), await readAs(folder.identity, Begun)];
  if (standing?.state !== 'running' || !begun || (await isAlive(folder))) return undefined;
  const { study, dataset, seeds, models, recipe, lift } = begun;
  const request = {
    name: study,
    dataset: dataset.path,
    recipe: folder.recipe,
    set: [],
    models,
    seeds,
    out: folder.path,
    beside: false,
    estimateOnly: false,
    offers: [],
  };
  return { folder, standing, name: recipe.name, request, tableHash: dataset.sha256, lift };
}

function standingText(standing: Standing): string {
  return `${JSON.stringify(standing)}\n`;
}

/** Undefined for a file that is not there, or was not written by a study. */
async function readAs<S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S> | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return parsed.success ? parsed.output : undefined;
}
