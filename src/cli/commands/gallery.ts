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
    noise: { type: 'string', value: 'SHARE', help: 'How much noise, 0 for none (default 0.1).' },
    dimensions: { type: 'string', value: 'N', help: 'How many columns x1, x2, … a function has (default 1).' },
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
