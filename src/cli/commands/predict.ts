import { resolve } from 'node:path';
import { backendChoice, backendOptions } from '../backend-options';
import { sharedOptions } from '../command';
import type { Command } from '../command';
import { withEngine } from '../engine-session';
import { predictReport } from '../output/report';

export const predictCommand: Command = {
  name: 'predict',
  summary: 'Predict the rows of a table with a finished run.',
  operands: ['RUN', 'CSV'],
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: 'Where to write the predictions (default beside the run, named after the table).',
    },
    ...backendOptions,
    ...sharedOptions,
  },
  run: (args, context) =>
    withEngine(args, context, async (engine, options) => {
      const out = args.text('out');
      const result = await engine.predict(
        {
          run: resolve(context.folder, args.operand('RUN')),
          dataset: resolve(context.folder, args.operand('CSV')),
          out: out === undefined ? undefined : resolve(context.folder, out),
          backend: backendChoice(args, context.folder),
        },
        options,
      );
      const { run, rows, metrics, timing, fallbacks } = result;
      return {
        done: { run, out: result.out, rows, metrics, timing, fallbacks },
        lines: (style) => predictReport(result, style),
      };
    }),
};
