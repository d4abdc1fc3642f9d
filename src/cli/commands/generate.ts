import { resolve } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import type { Arguments } from '../arguments';
import { sharedOptions } from '../command';
import type { Command } from '../command';
import { withEngine } from '../engine-session';
import { generateReport } from '../output/generate-report';

export const generateCommand: Command = {
  name: 'generate',
  summary: 'Make rows like those that a run was trained on.',
  operands: ['RUN'],
  options: {
    rows: { type: 'string', value: 'N', help: 'How many rows.' },
    where: { type: 'string', value: 'COL=VALUE', multiple: true, help: 'Only rows with this value in this column.' },
    temperature: {
      type: 'string',
      value: 'T',
      help: 'How adventurous: 1 (default) as the model learnt, less for more usual rows.',
    },
    seed: { type: 'string', value: 'N', help: 'Other numbers, other rows (default 0).' },
    'drop-copies': {
      type: 'boolean',
      help: 'Leave out every row that is a training row: by default as many may be as repeat one another there.',
    },
    out: { type: 'string', value: 'CSV', help: 'The file to write.' },
    report: { type: 'string', value: 'HTML', help: 'Write how good the rows are as a page with plots.' },
    ...sharedOptions,
  },
  run: (args, context) =>
    withEngine(args, context, async (engine, options) => {
      const [rows, out, report] = [args.integer('rows', 1), args.text('out'), args.text('report')];
      if (rows === undefined) throw new LiftError('usage', 'How many rows?', 'Say it with --rows N.');
      if (out === undefined) throw new LiftError('usage', 'Where shall the rows go?', 'Name a file with --out CSV.');
      const request = {
        run: resolve(context.folder, args.operand('RUN')),
        rows,
        where: args.list('where'),
        temperature: temperatureOf(args),
        seed: args.integer('seed', 0) ?? 0,
        dropCopies: args.flag('drop-copies'),
        out: resolve(context.folder, out),
        report: report === undefined ? undefined : resolve(context.folder, report),
      };
      const result = await engine.generate(request, options);
      return { done: { ...result }, lines: (style) => generateReport(result, style) };
    }),
};

function temperatureOf(args: Arguments): number {
  const text = args.text('temperature') ?? '1';
  const temperature = Number(text);
  if (text.trim() !== '' && temperature > 0 && temperature <= 10) return temperature;
  throw new LiftError('usage', `--temperature is a number above 0, at most 10, not "${text}".`);
}
