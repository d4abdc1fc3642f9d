import { resolve } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import { inContextRows } from '../../core/run/in-context';
import type { FineTuneRequest } from '../../core/run/requests';
import { runsFolderIn } from '../../core/run/folder/run-folder';
import type { Arguments } from '../arguments';
import { sharedOptions } from '../command';
import type { Command } from '../command';
import { withEngine } from '../engine-session';
import { fineTuneReport } from '../output/report';

export const inContextCommand: Command = {
  name: 'in-context',
  summary: 'Predict without fine-tuning: the model reads training rows in the prompt.',
  operands: ['CSV'],
  options: {
    target: { type: 'string', value: 'COL', help: 'The column to predict.' },
    rows: {
      type: 'string',
      value: 'K',
      help: 'How many training rows stand before a row (default 32); max: as many as the model can read.',
    },
    pick: {
      type: 'string',
      value: 'WHICH',
      help: 'nearest (default), random (others for each row) or same (the same random ones, as in the paper).',
    },
    task: { type: 'string', value: 'TASK', help: 'classification or regression; inferred when left out.' },
    model: {
      type: 'string',
      value: 'MODEL',
      help: 'A model folder or a Hugging Face id; the embedded model when left out.',
    },
    recipe: { type: 'string', value: 'FILE', help: 'A recipe (*.lift.json); inferred from the table when left out.' },
    set: { type: 'string', value: 'FIELD=VALUE', multiple: true, help: 'Change a field of the recipe.' },
    seed: { type: 'string', value: 'N', help: 'Seed of the split and of random rows (default 0).' },
    out: { type: 'string', value: 'RUN', help: 'The run folder to make (default .lift/runs/TIME-NAME).' },
    'no-baselines': { type: 'boolean', help: 'Leave the baselines out.' },
    ...sharedOptions,
  },
  run: (args, context) =>
    withEngine(args, context, async (engine, options) => {
      const result = await engine.fineTune(requestOf(args, context.folder), options);
      const { run, metrics, timing, fallbacks } = result;
      return { done: { run, metrics, timing, fallbacks }, lines: (style) => fineTuneReport(result, style) };
    }),
};

function requestOf(args: Arguments, folder: string): FineTuneRequest {
  const path = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : resolve(folder, text);
  if (args.text('target') === undefined && args.text('recipe') === undefined) {
    throw new LiftError(
      'usage',
      'Which column is to be predicted?',
      'Name it with --target COL, or give a --recipe FILE.',
    );
  }
  return {
    dataset: resolve(folder, args.operand('CSV')),
    target: args.text('target'),
    task: args.choice('task', ['classification', 'regression']),
    recipe: path(args.text('recipe')),
    set: args.list('set'),
    seed: args.integer('seed', 0),
    model: args.text('model'),
    runsFolder: runsFolderIn(folder),
    out: path(args.text('out')),
    baselines: !args.flag('no-baselines'),
    inContext: {
      rows: args.text('rows') === 'max' ? 'max' : (args.integer('rows', 1) ?? inContextRows),
      pick: args.choice('pick', ['nearest', 'random', 'same']) ?? 'nearest',
    },
  };
}
