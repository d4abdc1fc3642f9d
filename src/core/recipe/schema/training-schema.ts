import * as v from 'valibot';
import { field, seed, someText, wholeNumber } from './schema-fields';

const manyTimes = 1_000_000_000;

const loraSchema = v.object({
  rank: field(wholeNumber(1, 4096), 8, 'Rank of the update of each matrix.'),
  alpha: field(v.pipe(v.number(), v.gtValue(0)), 16, 'The update is scaled by alpha / rank.'),
  dropout: field(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0, 'Share of the inputs that dropout drops.'),
  targetModules: field(
    v.union([someText, v.pipe(v.array(someText), v.minLength(1))]),
    'all-linear',
    'Which matrices are adapted: "all-linear", or names as in PEFT such as ["q_proj", "v_proj"].',
  ),
  layers: field(
    v.union([v.literal('all'), wholeNumber(1, manyTimes)]),
    'all',
    'How many layers are adapted, from the top. With few of them the layers below are computed only once.',
  ),
});

const pretextSchema = v.object({
  tasks: field(
    wholeNumber(0, 100),
    0,
    'How many made-up tasks with the same columns and classes (or range) are learnt first; 0: none, 2 as in the paper. On this machine only.',
  ),
  rounds: field(wholeNumber(1, 1000), 2, 'How often they are gone through, one after the other.'),
  epochs: field(wholeNumber(1, manyTimes), 3, 'Epochs of a task each time.'),
  rows: field(wholeNumber(10, 100_000), 100, 'Rows of a task, a fifth of them for validation.'),
});

const augmentSchema = v.object({
  rows: field(
    wholeNumber(0, 1_000_000),
    0,
    'How many made rows are learnt beside the real training rows; 0: none. On this machine only.',
  ),
  temperature: field(
    v.pipe(v.number(), v.gtValue(0), v.maxValue(10)),
    1,
    'How adventurous made rows are: 1 as the model learnt, less for more usual rows.',
  ),
});

export const trainingSchema = v.object({
  method: field(v.picklist(['full', 'lora']), 'full', 'Train all weights, or a low-rank adapter (LoRA).'),
  lora: field(loraSchema, {}, 'The adapter, with the method "lora".'),
  epochs: field(wholeNumber(1, manyTimes), 3, 'How many times the training rows are gone through.'),
  steps: field(
    v.nullable(wholeNumber(0, manyTimes)),
    null,
    'Stop after this many optimiser steps, however many epochs that is; 0: nothing is trained, the model is only asked.',
  ),
  batchTokens: field(wholeNumber(1, manyTimes), 4096, 'Tokens of a batch, padding included.'),
  accumulate: field(wholeNumber(1, manyTimes), 1, 'Batches whose gradients are added up for one optimiser step.'),
  learningRate: field(v.pipe(v.number(), v.gtValue(0), v.maxValue(10)), 1e-4, 'Peak learning rate of AdamW.'),
  schedule: field(
    v.picklist(['cosine', 'linear', 'constant']),
    'cosine',
    'How the learning rate falls after the warm-up.',
  ),
  warmup: field(
    v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    0.1,
    'Share of the training in which the learning rate rises.',
  ),
  weightDecay: field(v.pipe(v.number(), v.minValue(0), v.maxValue(10)), 0.01, 'Decoupled weight decay.'),
  clip: field(v.pipe(v.number(), v.minValue(0)), 1, "Limit of the gradient's norm; 0: none."),
  loss: field(
    v.picklist(['answer', 'answers', 'text']),
    'answer',
    'What is learnt: the answer, also the answers of the example rows, or the whole text.',
  ),
  softmax: field(
    v.picklist(['full', 'answers']),
    'full',
    'Over which tokens the softmax goes: all, or only those that answers can use (a different loss).',
  ),
  patience: field(
    wholeNumber(0, manyTimes),
    2,
    'Stop after this many epochs without a better validation loss; 0: never. The best epoch is kept in any case.',
  ),
  permuteColumns: field(v.boolean(), false, 'Show the columns in a new random order in every training prompt.'),
  maxRows: field(wholeNumber(1, manyTimes), 5000, 'Train on at most this many rows, drawn at random.'),
  outliers: field(
    v.picklist(['keep', 'set-aside']),
    'keep',
    'Whether rows are learnt from whose numbers are far from those of all rows like them and beyond all others; "set-aside": not where there are many.',
  ),
  pretext: field(
    pretextSchema,
    {},
    'Two-stage fine-tuning: what is learnt before the table, which may help when rows are few.',
  ),
  augment: field(
    augmentSchema,
    {},
    'Rows made after the training rows (see generation) and learnt beside them, which may help when rows are few.',
  ),
  seed: field(seed, 0, 'Decides the order of the rows, dropout, and the first weights of the adapter.'),
  startFrom: field(
    v.nullable(someText),
    null,
    'The folder of a run, adapter or model to start from instead of the model itself.',
  ),
  cacheTrunk: field(
    v.union([v.literal('auto'), v.boolean()]),
    'auto',
    'Whether the layers below the adapted ones are computed once and kept; "auto": when it pays.',
  ),
});
