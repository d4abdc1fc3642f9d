import { existsSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import { english } from '../../core/foundation/phrase';
import type { StudyRequest } from '../../core/studies/requests';
import type { StudyKind } from '../../core/studies/study';
import { studyGroups, studyNames } from '../../core/studies/study-kinds';
import type { StudyGroup } from '../../core/studies/study-kinds';
import type { Arguments } from '../arguments';
import { sharedOptions } from '../command';
import type { Command, HelpGroup } from '../command';
import { withEngine } from '../engine-session';
import { studyReport } from '../output/study-report';

export const studyCommand: Command = {
  name: 'study',
  summary: "Repeat one of the LIFT paper's studies on a table of yours; the result is a report.",
  operands: ['NAME', 'CSV'],
  options: {
    target: { type: 'string', value: 'COL', help: 'The column to predict.' },
    seeds: {
      type: 'string',
      value: 'A,B,…',
      help: 'Seeds of split and training; more of them, also later, show what is chance (0).',
    },
    out: {
      type: 'string',
      value: 'DIR',
      help: 'The folder of the study; what is done there is not done again (.lift/studies/NAME-TABLE).',
    },
    estimate: { type: 'boolean', help: 'Time one run, say how long the others take, and stop.' },
    task: { type: 'string', value: 'TASK', help: 'classification or regression; inferred when left out.' },
    model: {
      type: 'string',
      value: 'MODEL',
      help: 'A model folder or a Hugging Face id; the embedded model when left out.',
    },
    models: { type: 'string', value: 'A,B,…', help: 'Other models to compare, for the study pretraining.' },
    recipe: { type: 'string', value: 'FILE', help: 'A recipe (*.lift.json); inferred from the table when left out.' },
    set: { type: 'string', value: 'FIELD=VALUE', multiple: true, help: 'Change a field of the recipe.' },
    ...sharedOptions,
  },
  choices: { title: 'Studies', groups: studyGroups.map(helpOf) },
  run: async (args, context) => {
    const request = requestOf(args, context.folder);
    try {
      return await withEngine(args, context, async (engine, options) => {
        const result = await engine.study(request, options);
        return { done: { ...result }, lines: (style) => studyReport(result, style) };
      });
    } catch (error) {
      if (!LiftError.is(error, 'cancelled')) throw error;
      const hint = 'The same command goes on where it was.';
      throw new LiftError('cancelled', `Cancelled; what is done is kept in ${request.out}.`, hint);
    }
  },
};

function helpOf({ title, kinds }: StudyGroup): HelpGroup {
  return { title: english(title), entries: kinds.map((kind) => ({ name: kind.name, about: aboutOf(kind) })) };
}

function aboutOf({ title, task }: StudyKind): string {
  if (task === undefined) return english(title);
  return `${english(title)} (${task} only)`;
}

function requestOf(args: Arguments, folder: string): StudyRequest {
  const path = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : resolve(folder, text);
  const name = args.operand('NAME');
  const dataset = resolve(folder, args.operand('CSV'));
  if (args.text('target') === undefined && args.text('recipe') === undefined) {
    throw new LiftError(
      'usage',
      'Which column is to be predicted?',
      'Name it with --target COL, or give a --recipe FILE.',
    );
  }
  const table = basename(dataset, extname(dataset));
  return {
    name,
    dataset,
    target: args.text('target'),
    task: args.choice('task', ['classification', 'regression']),
    recipe: path(args.text('recipe')),
    set: args.list('set'),
    model: args.text('model'),
    models: list(args.text('models')).map((id) => (existsSync(resolve(folder, id)) ? resolve(folder, id) : id)),
    seeds: seedsOf(args.text('seeds') ?? '0'),
    out:
      path(args.text('out')) ??
      join(folder, '.lift', 'studies', `${studyNames.includes(name) ? name : 'study'}-${table}`),
    beside: false,
    estimateOnly: args.flag('estimate'),
    offers: [],
  };
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function seedsOf(text: string): number[] {
  const seeds = list(text).map(Number);
  if (seeds.length > 0 && seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) return [...new Set(seeds)];
  throw new LiftError('usage', `--seeds are whole numbers from 0, such as 0,1,2, not "${text}".`);
}
