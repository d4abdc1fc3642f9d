import { describe, expect, it } from 'vitest';
import { embeddedDefaults } from '../../../../src/core/recipe/infer/embedded-defaults';

describe('the defaults for the embedded model', () => {
  it('go four times through a small table, with eight example rows in each prompt', () => {
    expect(embeddedDefaults(150, 4, 'classification')).toMatchObject({ exampleRows: 8, training: { epochs: 4 } });
  });

  it('show fewer example rows of a wide table, but never fewer than two', () => {
    expect(embeddedDefaults(150, 18, 'classification').exampleRows).toBe(6);
    expect(embeddedDefaults(150, 30, 'classification').exampleRows).toBe(5);
    expect(embeddedDefaults(150, 64, 'classification').exampleRows).toBe(2);
    expect(embeddedDefaults(150, 1000, 'classification').exampleRows).toBe(2);
  });

  it('show more example rows of images, of which a pixel is one digit', () => {
    expect(embeddedDefaults(5000, 64, 'classification', 'image').exampleRows).toBe(7);
    expect(embeddedDefaults(5000, 324, 'classification', 'image').exampleRows).toBe(2);
  });

  it('train on about as many tokens of a long table as of a short one', () => {
    const middle = embeddedDefaults(4000, 8, 'classification').training;
    expect(middle).toMatchObject({ epochs: 1 });
    expect(middle.maxRows).toBeGreaterThan(4000 * 0.64);
    const long = embeddedDefaults(100_000, 8, 'classification').training;
    expect(long).toMatchObject({ epochs: 1, maxRows: middle.maxRows });
    expect(embeddedDefaults(100_000, 64, 'classification').training).toMatchObject({ epochs: 1, maxRows: 1272 });
  });

  it('go through the rows of a long table less often to learn to make new ones', () => {
    expect(embeddedDefaults(150, 4, 'classification').generation).toEqual({ epochs: 40 });
    expect(embeddedDefaults(1338, 6, 'regression').generation).toEqual({ epochs: 20 });
    expect(embeddedDefaults(100_000, 6, 'regression').generation).toEqual({ epochs: 6 });
  });

  it('learn the classes of example rows too, but not their numbers', () => {
    expect(embeddedDefaults(150, 4, 'classification').training.loss).toBe('answers');
    expect(embeddedDefaults(150, 4, 'regression').training.loss).toBe('answer');
  });
});
