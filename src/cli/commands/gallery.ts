import { resolve } from 'node:path';
import { writeFileAtomically } from '../../core/foundation/atomic-file';
import { LiftError } from '../../core/foundation/lift-error';
import { galleryDefaults, galleryNames, galleryTable } from '../../core/gallery/gallery';
import type { Arguments } from '../arguments';
import { sharedOptions } from '../command';
import type { Command } from '../command';

export const galleryCommand: Command = {
  name: 'gallery',
  summary: 'Write a synthetic table of the LIFT paper as a CSV, for learning and for trials.',
  operands: ['NAME'],
  options: {
    out: { type: 'string', value: 'FILE', help: 'The CSV to write (default NAME.csv).' },
    rows: { type: 'string', value: 'N', help: 'How many rows (default 2000 for classes, 350 for numbers).' },
    noise: {
      type: 'string',
      value: 'SHARE',
      help: 'How much noise, 0 for none (default 0.1, for the classes of a network 0).',
    },
    dimensions: { type: 'string', value: 'N', help: 'How many columns x1, x2, … a function has (default 1).' },
    range: { type: 'string', value: 'LOW,HIGH', help: 'Between which numbers these are (default -10,10).' },
    integers: { type: 'boolean', help: 'Make them whole numbers.' },
    seed: { type: 'string', value: 'N', help: 'Seed of the random numbers (default 0).' },
    help: { ...sharedOptions.help, help: `Show this help. The tables: ${galleryNames.join(', ')}.` },
    json: sharedOptions.json,
  },
  run: async (args, { folder }) => {
    const name = args.operand('NAME');
    const defaults = galleryDefaults(name);
    const { columns, rows } = galleryTable(name, {
      rows: args.integer('rows', 1) ?? defaults.rows,
      noise: noiseOf(args) ?? defaults.noise,
      seed: args.integer('seed', 0) ?? 0,
      dimensions: args.integer('dimensions', 1) ?? 1,
      range: rangeOf(args),
      integers: args.flag('integers'),
    });
    const file = resolve(folder, args.text('out') ?? `${name}.csv`);
    await writeFileAtomically(file, [columns, ...rows].map((cells) => `${cells.join(',')}\n`).join(''));
    return { done: { file, rows: rows.length }, lines: () => [`Written: ${file} (${rows.length} rows)`] };
  },
};

function noiseOf(args: Arguments): number | undefined {
  const text = args.text('noise');
  if (text === undefined) return undefined;
  const noise = Number(text);
  if (text.trim() === '' || !(noise >= 0) || noise === Infinity)
    throw new LiftError('usage', `--noise is a number from 0, not "${text}".`);
  return noise;
}

function rangeOf(args: Arguments): readonly [number, number] {
  const text = args.text('range') ?? '-10,10';
  const [low, high, ...more] = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (low !== undefined && high !== undefined && more.length === 0 && Number.isFinite(high - low) && low < high)
    return [low, high];
  throw new LiftError('usage', `--range is two numbers, the smaller one first, such as -10,10, not "${text}".`);
}
