import { resolve } from 'node:path';
import { LiftError } from '../../core/foundation/lift-error';
import { sizeFrom } from '../../core/images/size-text';
import type { Arguments } from '../arguments';
import { sharedOptions } from '../command';
import type { Command } from '../command';
import { withEngine } from '../engine-session';

export const imagesCommand: Command = {
  name: 'images',
  summary: 'Write images as a CSV with one column a pixel, so that they can be fine-tuned on as text.',
  operands: ['SOURCE'],
  options: {
    out: { type: 'string', value: 'CSV', help: 'The file to write.' },
    crop: {
      type: 'string',
      value: 'N',
      help: 'Pixels to take off each side first (5 for 28x28 without --size, as in the paper; else 0).',
    },
    size: {
      type: 'string',
      value: 'WxH',
      help: 'Bring all images to this size (what is left after cropping, at most 18x18).',
    },
    levels: { type: 'string', value: 'N', help: 'Shades of grey, 2 to 256 (default 256).' },
    labels: {
      type: 'string',
      value: 'FILE',
      help: 'The labels of an IDX file, when they do not lie beside it under the usual name.',
    },
    label: { type: 'string', value: 'COL', help: 'The column of the labels in a CSV of pixels.' },
    rows: { type: 'string', value: 'N', help: 'At most so many images, drawn at random.' },
    seed: { type: 'string', value: 'N', help: 'Other numbers, other images (default 0).' },
    json: sharedOptions.json,
    help: {
      ...sharedOptions.help,
      help: 'Show this help. SOURCE is a folder (names of sub-folders are labels), an IDX file (also .gz), or a CSV of pixels.',
    },
  },
  run: (args, context) =>
    withEngine(args, context, async (engine, options) => {
      const path = (name: string): string | undefined => {
        const text = args.text(name);
        return text === undefined ? undefined : resolve(context.folder, text);
      };
      const out = path('out');
      if (out === undefined) throw new LiftError('usage', 'Where shall the table go?', 'Name a file with --out CSV.');
      const size = args.text('size');
      const request = {
        source: resolve(context.folder, args.operand('SOURCE')),
        labels: path('labels'),
        labelColumn: args.text('label'),
        out,
        crop: args.integer('crop', 0),
        size: size === undefined ? undefined : sizeFrom(size),
        levels: levelsOf(args),
        rows: args.integer('rows', 1),
        seed: args.integer('seed', 0) ?? 0,
      };
      const result = await engine.images(request, options);
      const { rows, width, height, labels } = result;
      return {
        done: { ...result },
        lines: () => [
          `Written: ${out} (${rows} images of ${width} × ${height} pixels${labels.length === 0 ? '' : `, ${labels.length} labels`})`,
          labels.length === 0
            ? 'The images have no labels: predict them with a run that was trained on images of this size.'
            : `Next: lift fine-tune ${args.text('out')!} --target label`,
        ],
      };
    }),
};

function levelsOf(args: Arguments): number {
  const levels = args.integer('levels', 2) ?? 256;
  if (levels <= 256) return levels;
  throw new LiftError('usage', `--levels is a whole number from 2 to 256, not "${levels}".`);
}
