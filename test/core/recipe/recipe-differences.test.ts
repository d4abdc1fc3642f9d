import { describe, expect, it } from 'vitest';
import { recipeDifferences } from '../../../src/core/recipe/recipe-differences';

describe('differences of recipes', () => {
  it('names each field that differs, with both values', () => {
    const left = { name: 'iris', training: { epochs: 4, rate: 0.001 }, template: { name: 'compact' } };
    const right = { name: 'iris', training: { epochs: 8, rate: 0.001 }, template: { name: 'sentences' } };
    expect(recipeDifferences(left, right)).toEqual([
      { path: 'training.epochs', left: '4', right: '8' },
      { path: 'template.name', left: '"compact"', right: '"sentences"' },
    ]);
  });

  it('tells features apart by their column, wherever they stand', () => {
    const left = { features: [{ column: 'age' }, { column: 'sex', include: true }] };
    const right = { features: [{ column: 'sex', include: false }, { column: 'weight' }] };
    expect(recipeDifferences(left, right)).toEqual([
      { path: 'features[age]', left: '{"column":"age"}', right: undefined },
      { path: 'features[sex].include', left: 'true', right: 'false' },
      { path: 'features[weight]', left: undefined, right: '{"column":"weight"}' },
    ]);
  });

  it('compares lists of anything else as a whole', () => {
    expect(recipeDifferences({ targets: ['q', 'v'] }, { targets: ['q'] })).toEqual([
      { path: 'targets', left: '["q","v"]', right: '["q"]' },
    ]);
  });

  it('finds none between equal recipes', () => {
    const recipe = { a: [1, { b: null }], c: { d: 'e' } };
    expect(recipeDifferences(recipe, structuredClone(recipe))).toEqual([]);
  });
});
