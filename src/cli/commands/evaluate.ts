import { resolve } from 'node:path';
import { sharedOptions } from '../command';
import type { Command } from '../command';
import { withEngine } from '../engine-session';
import { evaluateReport } from '../output/report';

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: 'Measure a finished run on a table that holds the target.',
  operands: ['RUN', 'CSV'],
  options: sharedOptions,
  run: (args, context) =>
    withEngine(args, context, async (engine, options) => {
      const run = resolve(context.folder, args.operand('RUN'));
      const dataset = resolve(context.folder, args.operand('CSV'));
      const result = await engine.evaluate({ run, dataset }, options);
      const { rows, metrics, timing, fallbacks } = result;
      return { done: { run, rows, metrics, timing, fallbacks }, lines: (style) => evaluateReport(result, style) };
    }),
};
