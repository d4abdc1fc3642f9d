import { describe, expect, it } from 'vitest';
import { pixelName } from '../../../src/core/table/image/pixel-grid';
import { RowImages } from '../../../src/extension/predictions/row-images';

const names = Array.from({ length: 20 }, (_, index) => pixelName(Math.floor(index / 5) + 1, (index % 5) + 1));
const cells = (shade: (index: number) => string | null): (string | null)[] => names.map((_, index) => shade(index));

describe('the images of rows', () => {
  it('are told by a digit for each pixel, on the scale that the row is on', () => {
    const images = RowImages.of(['id', ...names, 'label'])!;
    expect(images.facts).toEqual({ width: 5, height: 4 });
    const bytes = ['7', ...cells((index) => (index === 1 ? '255' : index === 2 ? '120' : '0')), 'cat'];
    expect(images.textOf(bytes)).toBe(`0f7${'0'.repeat(17)}`);
    const few = ['8', ...cells((index) => (index === 0 ? '16' : '8')), 'cat'];
    expect(images.textOf(few)).toBe(`f${'8'.repeat(19)}`);
  });

  it('are black where nothing is known', () => {
    const images = RowImages.of(names)!;
    expect(images.textOf(cells((index) => (index === 0 ? null : index === 1 ? 'x' : '0.5')))).toBe(
      `00${'8'.repeat(18)}`,
    );
  });

  it('are none in other tables', () => {
    expect(RowImages.of(['sepal_length', 'species'])).toBeUndefined();
  });
});
