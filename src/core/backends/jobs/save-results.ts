import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { TensorEntry, WeightType } from '../../model/model-folder';
import { adapterNamePrefix, adapterNameSuffix } from '../../model/adapter/read-adapter';
import { readSafetensorsHeader, readTensor } from '../../model/safetensors/read-safetensors';
import { writeModelFolder } from '../../model/write-model-folder';
import type { RunContext } from '../../run/events';
import type { RunInputs } from '../../run/folder/open-run';
import type { RunFolder } from '../../run/folder/run-folder';
import { saveTrained } from '../../run/train/trained-model';
import type { Parameters } from '../../training/initial-parameters';
import type { JobResults } from './results';
import { notice } from '../../run/notice';

const fileName = 'weights.safetensors';

/** Writes what a job has trained to the run folder, as the local engine would; says where it is when it is not here. */
export async function saveRemote(
  folder: RunFolder,
  { recipe, model }: RunInputs,
  results: JobResults,
  emit: RunContext['emit'],
): Promise<void> {
  const content = results.files.get(fileName) ?? (await fromStorage(results.stored.get(fileName), emit));
  if (!content) return;
  const temporary = await mkdtemp(join(tmpdir(), 'lift-weights-'));
  try {
    const file = join(temporary, fileName);
    await writeFile(file, content);
    const entries = await entriesOf(file);
    if (recipe.training.method === 'full') {
      const tensors = new Map([...model.folder.tensors, ...entries]);
      await writeModelFolder(folder.model, { ...model.folder, tensors }, new Map());
    } else await saveTrained(folder, recipe, model.folder, await parametersOf(entries));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Where the cluster keeps a file may be a folder that this machine sees as well. */
async function fromStorage(place: string | undefined, emit: RunContext['emit']): Promise<Uint8Array | undefined> {
  if (place === undefined) {
    throw new LiftError('run-invalid', 'The job has brought no weights home.', 'Start the run again.');
  }
  const content = await readFile(place).catch(() => undefined);
  if (content) return content;
  const message = phrase`What was trained is too large for the log of the job and stays on the cluster: ${place}. The predictions are here; to predict other rows on this machine, put the weights into the run folder.`;
  emit(notice('warning', message));
  return undefined;
}

async function entriesOf(file: string): Promise<Map<string, TensorEntry>> {
  const { tensors } = await readSafetensorsHeader(file);
  return new Map(
    tensors.map(({ name, dtype, ...place }) => [name, { ...place, file, dtype: dtype as WeightType } as const]),
  );
}

/** By our names: those of PEFT without its prefix and suffix. */
async function parametersOf(entries: ReadonlyMap<string, TensorEntry>): Promise<Parameters> {
  const named = [...entries].map(async ([name, entry]) => {
    const inner = name.slice(adapterNamePrefix.length, -adapterNameSuffix.length);
    return [inner, { shape: entry.shape, data: await readTensor(entry) }] as const;
  });
  return new Map(await Promise.all(named));
}
