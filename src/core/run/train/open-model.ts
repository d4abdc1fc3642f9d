import { LiftError } from '../../foundation/lift-error';
import type { Phrase } from '../../foundation/phrase';
import { amount, phrase } from '../../foundation/phrase';
import type { DownloadPlan } from '../../model/hub/download-model';
import { loadTokenizer } from '../../model/tokenizer/load-tokenizer';
import type { ModelFolder } from '../../model/model-folder';
import { isSameModel } from '../../model/open-model-outline';
import { resolveModel } from '../../model/resolve-model';
import type { Tokenizer } from '../../model/tokenizer/tokenizer';
import type { Backend } from '../backend';
import type { RunContext } from '../events';
import type { RunState } from '../folder/run-state';
import { serviceModel } from './service-model';
import { notice } from '../notice';

/** A model that is ready to be asked: no weight has been read yet. */
export interface OpenModel {
  readonly folder: ModelFolder;
  readonly tokenizer: Tokenizer;
}

/** Opens a model by its id: `embedded`, a folder, or a hub id, which is downloaded when it is not on this machine. */
export async function openModel(id: string, needs: Backend['needs'], context: RunContext): Promise<OpenModel> {
  const { emit, signal, environment } = context;
  if (needs === 'name') return serviceModel(id);
  const folder = await resolveModel(id, {
    signal,
    ...(environment && { environment }),
    outline: needs === 'tokenizer',
    onPlan: (plan) => {
      emit(notice('info', planText(plan)));
    },
    onProgress: ({ bytes, totalBytes, secondsLeft }) => {
      emit({ event: 'progress', stage: 'downloading', fraction: bytes / totalBytes, secondsLeft });
    },
  });
  return { folder, tokenizer: await loadTokenizer(folder) };
}

/** The very model that a run was begun with. Throws `run-invalid` when it is another one now. */
export async function openModelOf(
  { model }: RunState,
  needs: Backend['needs'],
  context: RunContext,
): Promise<OpenModel> {
  const opened = await openModel(model.id, needs, context);
  if (needs === 'name' || (await isSameModel(opened.folder, model.hash))) return opened;
  throw new LiftError(
    'run-invalid',
    phrase`The model ${model.id} in ${opened.folder.path} is not the one that the run was begun with.`,
    'Put the former one back, or start a new run.',
  );
}

function planText({ id, folder, missingBytes, totalBytes }: DownloadPlan): Phrase {
  const megabytes = (bytes: number): Phrase => phrase`${amount(Math.ceil(bytes / 1e6))} MB`;
  return phrase`Downloading ${id} to ${folder}: ${megabytes(missingBytes)} of ${megabytes(totalBytes)} are missing.`;
}
