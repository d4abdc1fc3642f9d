import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeRandomModel } from '../../src/core/model/random-model';
import { resolveModel } from '../../src/core/model/resolve-model';
import { measureAlone } from './measure';
import type { MeasureOptions, ModelScores } from './measure';
import type { SuiteTable } from './suite';
import type { TableFiles } from './table-files';

/** What pretraining and fine-tuning are compared with (tables 5 and 8 of the paper). */
export const besides = ['read', 'random'] as const;
export type Beside = (typeof besides)[number];

/** The embedded model that learns nothing, or one of its shape that starts from random weights; both write the same prompts. */
export async function measureBeside(
  beside: Beside,
  table: SuiteTable,
  files: TableFiles,
  options: MeasureOptions,
): Promise<ModelScores | undefined> {
  const own = beside === 'read' ? 'training.steps=0' : `model.id=${await randomModel(options.workFolder)}`;
  return measureAlone(table, files, { ...options, settings: [...options.settings, own] });
}

async function randomModel(workFolder: string): Promise<string> {
  const folder = join(workFolder, 'random-model');
  if (!existsSync(folder)) await writeRandomModel(folder, await resolveModel('embedded'));
  return folder;
}
