import { resolve } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import { builtinTemplateNames } from '../../core/prompt/template/builtin-templates';
import { preview } from '../../core/run/preview';
import { sharedOptions } from '../command';
import type { Command } from '../command';
import { previewReport } from '../output/preview-report';

export const previewCommand: Command = {
  name: 'preview',
  summary: 'Show the very text that a model reads for a row.',
  operands: ['CSV'],
  options: {
    target: { type: 'string', value: 'COL', help: 'The column to predict.' },
    row: { type: 'string', value: 'N', help: 'Which row, counted from 1 (default 1).' },
    template: { type: 'string', value: 'NAME', help: `A built-in template: ${builtinTemplateNames.join(', ')}.` },
    task: { type: 'string', value: 'TASK', help: 'classification or regression; inferred when left out.' },
    model: {
      type: 'string',
      value: 'MODEL',
      help: 'A model folder or a Hugging Face id; the embedded model when left out.',
    },
    recipe: { type: 'string', value: 'FILE', help: 'A recipe (*.lift.json); inferred from the table when left out.' },
    set: {
      type: 'string',
      value: 'FIELD=VALUE',
      multiple: true,
      help: 'Change a field of the recipe: examples.rows=0.',
    },
    help: sharedOptions.help,
    json: sharedOptions.json,
  },
  run: async (args, { folder, output, signal }) => {
    const target = args.text('target');
    const recipe = args.text('recipe');
    if (target === undefined && recipe === undefined) {
      throw new LiftError(
        'usage',
        'Which column is to be predicted?',
        'Name it with --target COL, or give a --recipe FILE.',
      );
    }
    const found = await preview(
      {
        dataset: resolve(folder, args.operand('CSV')),
        target,
        row: args.integer('row', 1) ?? 1,
        template: args.choice('template', builtinTemplateNames),
        task: args.choice('task', ['classification', 'regression']),
        model: args.text('model'),
        recipe: recipe === undefined ? undefined : resolve(folder, recipe),
        set: args.list('set'),
      },
      { signal, emit: output.event },
    );
    return { done: { ...found }, lines: (style) => previewReport(found, style) };
  },
};
