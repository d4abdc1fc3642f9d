import { resolve } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import { sharedOptions } from '../command';
import type { Command } from '../command';
import { withEngine } from '../engine-session';
import { baselinesReport } from '../output/report';

export const baselinesCommand: Command = {
  name: 'baselines',
  summary: 'Train the usual methods on a table, tuned on validation rows, and measure them on test rows.',
  operands: ['CSV'],
  options: {
    target: { type: 'string', value: 'COL', help: 'The column to predict.' },
    task: { type: 'string', value: 'TASK', help: 'classification or regression; inferred when left out.' },
    seed: { type: 'string', value: 'N', help: 'Seed of the split (default 0).' },
    help: sharedOptions.help,
    json: sharedOptions.json,
  },
  run: (args, context) =>
    withEngine(args, context, async (engine, options) => {
      const target = args.text('target');
      if (target === undefined)
        throw new LiftError('usage', 'Which column is to be predicted?', 'Name it with --target COL.');
      const result = await engine.baselines(
        {
          dataset: resolve(context.folder, args.operand('CSV')),
          target,
          task: args.choice('task', ['classification', 'regression']),
          seed: args.integer('seed', 0),
        },
        options,
      );
      const { baselines, timing } = result;
      return { done: { metrics: { baselines }, timing }, lines: (style) => baselinesReport(result, style) };
    }),
};
