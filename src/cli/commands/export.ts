import { resolve } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import { sharedOptions } from '../command';
import type { Command } from '../command';
import { withEngine } from '../engine-session';

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write the fine-tuned model for other programs.',
  operands: ['RUN'],
  options: {
    format: {
      type: 'string',
      value: 'FORMAT',
      help: 'peft (an adapter for Python) or transformers.js (a whole model as ONNX).',
    },
    out: { type: 'string', value: 'DIR', help: 'The folder to write; it must be new or empty.' },
    ...sharedOptions,
  },
  run: (args, context) =>
    withEngine(args, context, async (engine, options) => {
      const format = args.choice('format', ['peft', 'transformers.js']);
      if (format === undefined)
        throw new LiftError('usage', 'Which format?', 'Give --format peft or --format transformers.js.');
      const out = args.text('out');
      if (out === undefined) throw new LiftError('usage', 'Where to?', 'Give --out DIR.');
      const run = resolve(context.folder, args.operand('RUN'));
      const result = await engine.export({ run, format, out: resolve(context.folder, out) }, options);
      return {
        done: { run, ...result },
        lines: () => [`Written to ${result.out}:`, ...result.files.map((file) => `  ${file}`)],
      };
    }),
};
