import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeRandomModel } from '../../src/core/model/random-model';
import { resolveModel } from '../../src/core/model/resolve-model';
import { measureAlone } from './measure';
import type { MeasureOptions, ModelScores } from './measure';
import type { SuiteTable } from './suite';
import type { TableFiles } from './table-files';

/**
 * What the fine-tuned model is compared with (tables 5 and 8 of the paper): one that only reads, one that starts from random weights,
 * and both ways of fine-tuning without rows in the prompt, which is plain LIFT.
 */
export const besides = ['read', 'random', 'plain', 'plainRandom'] as const;
export type Beside = (typeof besides)[number];

/** The embedded model, or one of its shape with random weights; all write the same prompts but for the example rows. */
export async function measureBeside(
  beside: Beside,
  table: SuiteTable,
  files: TableFiles,
  options: MeasureOptions,
): Promise<ModelScores | undefined> {
  const random = async (): Promise<string> => `model.id=${await randomModel(options.workFolder)}`;
  // About what the program advises where prompts have no example rows, the same for every table.
  const plain = ['examples.rows=0', 'training.batchTokens=256', 'training.epochs=10'];
  const changes: Record<Beside, () => Promise<string[]>> = {
    read: () => Promise.resolve(['training.steps=0']),
    random: async () => [await random()],
    plain: () => Promise.resolve(plain),
    plainRandom: async () => [...plain, await random()],
  };
  return measureAlone(table, files, { ...options, settings: [...options.settings, ...(await changes[beside]())] });
}

async function randomModel(workFolder: string): Promise<string> {
  const folder = join(workFolder, 'random-model');
  if (!existsSync(folder)) await writeRandomModel(folder, await resolveModel('embedded'));
  return folder;
}
