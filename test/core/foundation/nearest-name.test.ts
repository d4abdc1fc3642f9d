import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../src/core/foundation/nearest-name';

describe('nearestName', () => {
  const columns = ['sepal_length', 'sepal_width', 'petal_length', 'species'];

  it('finds a name with a typing mistake or two neighbours swapped', () => {
    expect(nearestName('spcies', columns)).toBe('species');
    expect(nearestName('speices', columns)).toBe('species');
    expect(nearestName('petal_lenght', columns)).toBe('petal_length');
  });

  it('ignores case, blanks and separators', () => {
    expect(nearestName('Sepal Width', columns)).toBe('sepal_width');
    expect(nearestName('sepal.length', columns)).toBe('sepal_length');
  });

  it('suggests nothing when no name is near', () => {
    expect(nearestName('price', columns)).toBeUndefined();
    expect(nearestName('', columns)).toBeUndefined();
    expect(nearestName('species', [])).toBeUndefined();
    expect(nearestName('x', ['y'])).toBeUndefined();
  });

  it('prefers the nearest, then the earlier name', () => {
    expect(nearestName('column_9', ['column_10', 'column_8', 'column_7'])).toBe('column_8');
  });
});
