import { describe, expect, it } from 'vitest';
import { pixelGrid, pixelName } from '../../../../src/core/table/image/pixel-grid';

function names(rows: number, columns: number, name: (row: number, column: number) => string): string[] {
  return Array.from({ length: rows * columns }, (_, index) =>
    name(Math.floor(index / columns) + 1, (index % columns) + 1),
  );
}

describe('columns named as pixels', () => {
  it.each([
    ['as LIFT names them', pixelName],
    ['with words between', (row: number, column: number) => `ink_row${row}_col${column}`],
    ['from 0', (row: number, column: number) => `${row - 1}x${column - 1}`],
  ])('are an image %s', (_, name) => {
    expect(pixelGrid(['id', ...names(4, 6, name), 'label'])).toEqual({
      width: 6,
      height: 4,
      places: Array.from({ length: 24 }, (__, index) => index + 1),
    });
  });

  it('are an image in any order', () => {
    const grid = pixelGrid(names(4, 4, pixelName).reverse());
    expect(grid?.places).toEqual([...Array(16).keys()].reverse());
  });

  it.each([
    ['a pixel is missing', names(4, 4, pixelName).slice(1, -1)],
    ['a pixel is there twice', [...names(4, 4, pixelName).slice(1), 'pixel_4_4']],
    ['the names have one number', names(1, 16, (_, column) => `pixel${column}`)],
    ['they are few', names(3, 5, pixelName)],
    ['there are none', ['sepal_length', 'species']],
  ])('are no image when %s', (_, columns) => {
    expect(pixelGrid(columns)).toBeUndefined();
  });
});
