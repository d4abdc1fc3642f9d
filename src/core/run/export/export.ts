import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { readAdapter } from '../../model/adapter/read-adapter';
import { readRunRecipe } from '../folder/open-run';
import type { RunContext } from '../events';
import { exportTransformersJs } from './export-transformers-js';
import { requireDone, trainedModelOf } from '../folder/finished-run';
import type { ExportRequest, ExportResult } from '../requests';
import { staysWithService } from '../run-backend';
import { runFolderAt } from '../folder/run-folder';
import type { RunFolder } from '../folder/run-folder';
import { readRunState } from '../folder/run-state';
import { StageClock } from '../progress/stage-clock';

/** Writes what a run has trained for other programs. Throws `usage` when the output folder holds something already. */
export async function exportRun(request: ExportRequest, context: RunContext): Promise<ExportResult> {
  const { run, format, out } = request;
  const folder = runFolderAt(run);
  const state = await readRunState(folder);
  requireDone(state, run);
  if (staysWithService(state)) {
    throw new LiftError(
      'usage',
      'There is nothing to export: the model of this run stays with the service that trained it.',
      'Fine-tune here, on a Ray cluster or by Hugging Face Jobs to get a model of your own.',
    );
  }
  const recipe = await readRunRecipe(folder);
  await requireEmpty(out);
  return new StageClock(context).time('exporting', async () => {
    if (format === 'peft') return { out, files: await exportPeft(folder, out) };
    const { model, trained } = await trainedModelOf(folder, state, recipe, 'weights', context);
    const adapter = trained ? await readAdapter(folder.adapter) : undefined;
    return { out, files: await exportTransformersJs(model, adapter, out) };
  });
}

/** The adapter as Python's `peft` loads it; after full fine-tuning there is none. */
async function exportPeft(folder: RunFolder, out: string): Promise<string[]> {
  const files = ['adapter_config.json', 'adapter_model.safetensors'];
  const found: string[] = await readdir(folder.adapter).catch(() => []);
  if (!files.every((name) => found.includes(name))) {
    throw new LiftError(
      'usage',
      'This run trained the whole model: there is no adapter to export.',
      phrase`Use its model folder ${folder.model} as it is, or --format transformers.js.`,
    );
  }
  await mkdir(out, { recursive: true });
  for (const name of files) await copyFile(join(folder.adapter, name), join(out, name));
  return files;
}

async function requireEmpty(out: string): Promise<void> {
  const entries = await readdir(out).catch((error: unknown) => {
    const known = LiftError.from(error);
    if (known.code === 'file-not-found') return [];
    throw known;
  });
  if (entries.length === 0) return;
  throw new LiftError('usage', phrase`The output folder ${out} is not empty.`, 'Name a new folder.');
}
