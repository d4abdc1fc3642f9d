import { resolve } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import type { FineTuneRequest } from '../../core/run/requests';
import { runsFolderIn } from '../../core/run/folder/run-folder';
import type { Arguments } from '../arguments';
import { backendChoice, backendOptions } from '../backend-options';
import { sharedOptions } from '../command';
import type { Command, CommandContext } from '../command';
import { withEngine } from '../engine-session';
import { fineTuneReport } from '../output/report';

export const fineTuneCommand: Command = {
  name: 'fine-tune',
  summary: 'Fine-tune a language model on a table and predict its test rows.',
  operands: ['CSV'],
  // With --resume the run says which table, with --recipe the recipe.
  optionalOperands: true,
  options: {
    target: { type: 'string', value: 'COL', help: 'The column to predict.' },
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
      help: 'Change a field of the recipe: training.epochs=3.',
    },
    seed: { type: 'string', value: 'N', help: 'Seed of the split and of training (default 0).' },
    out: { type: 'string', value: 'RUN', help: 'The run folder to make (default .lift/runs/TIME-NAME).' },
    resume: { type: 'string', value: 'RUN', help: 'Continue a run that was stopped.' },
    'no-baselines': { type: 'boolean', help: 'Leave the baselines out.' },
    ...backendOptions,
    ...sharedOptions,
  },
  run: async (args, context) => {
    let run: string | undefined;
    try {
      return await withEngine(args, context, async (engine, { signal, onEvent }) => {
        const result = await engine.fineTune(requestOf(args, context), {
          signal,
          onEvent: (event) => {
            if (event.event === 'run') run = event.run;
            onEvent?.(event);
          },
        });
        const { metrics, timing, fallbacks, madeRows } = result;
        return {
          done: { run: result.run, metrics, timing, fallbacks, madeRows },
          lines: (style) => fineTuneReport(result, style),
        };
      });
    } catch (error) {
      if (!LiftError.is(error, 'cancelled') || run === undefined) throw error;
      throw new LiftError(
        'cancelled',
        'Cancelled; the best checkpoint so far is kept.',
        `Resume with: lift fine-tune --resume "${run}"`,
      );
    }
  },
};

function requestOf(args: Arguments, { folder }: CommandContext): FineTuneRequest {
  const path = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : resolve(folder, text);
  const dataset = path(args.optionalOperand('CSV'));
  const resume = path(args.text('resume'));
  const recipe = path(args.text('recipe'));
  if ((dataset ?? resume ?? recipe) === undefined) throw new LiftError('usage', 'CSV is missing.', 'See --help.');
  if (resume !== undefined) refuseWithResume(args, dataset);
  else if (args.text('target') === undefined && recipe === undefined) {
    throw new LiftError(
      'usage',
      'Which column is to be predicted?',
      'Name it with --target COL, or give a --recipe FILE.',
    );
  }
  return {
    dataset,
    target: args.text('target'),
    task: args.choice('task', ['classification', 'regression']),
    recipe,
    set: args.list('set'),
    seed: args.integer('seed', 0),
    model: args.text('model'),
    runsFolder: runsFolderIn(folder),
    out: path(args.text('out')),
    resume,
    baselines: !args.flag('no-baselines'),
    backend: backendChoice(args, folder),
  };
}

/** A resumed run continues as it was begun: what would change it is refused, not ignored. */
function refuseWithResume(args: Arguments, dataset: string | undefined): void {
  const changing = ['target', 'task', 'recipe', 'set', 'seed', 'model', 'out'].find((name) => args.flag(name));
  const named = dataset !== undefined ? 'a CSV' : changing === undefined ? undefined : `--${changing}`;
  if (named === undefined) return;
  throw new LiftError('usage', `--resume continues a run as it was begun: ${named} cannot be given with it.`);
}
