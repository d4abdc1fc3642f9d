import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnWindow, pinnedCount, scrollLeftFor } from '../../webview/predictions/grid/column-window';
import { moved } from '../../webview/predictions/grid/grid-keys';
import { VirtualScroll } from '../../webview/predictions/grid/virtual-scroll';

function list(rows: number, tallest?: number): VirtualScroll {
  const scroll = new VirtualScroll(20, tallest);
  scroll.rows = rows;
  scroll.viewport = 200;
  return scroll;
}

describe('a long list', () => {
  it('that fits is scrolled pixel by pixel', () => {
    const scroll = list(1000);
    expect(scroll.height).toBe(20_000);
    scroll.follow(345);
    expect(scroll.position).toBe(345);
    expect(scroll.window(2)).toEqual({ from: 15, to: 30 });
    expect(scroll.drawnAt(17, 345)).toBe(340);
  });

  it('that is too long is given a lower height, and all its rows are reached', () => {
    const scroll = list(10_000_000);
    expect(scroll.height).toBeLessThan(33_554_428);
    const end = scroll.height - scroll.viewport;
    scroll.follow(end);
    expect(scroll.window(0)).toEqual({ from: 9_999_990, to: 10_000_000 });
    expect(scroll.drawnAt(9_999_999, end)).toBe(scroll.height - 20);
    scroll.follow(end / 2);
    expect(scroll.window(0).from).toBe(4_999_995);
  });

  it('puts the scroll bar where following it leads back to the same position', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000 }), (position) => {
        const scroll = list(100_000, 50_000);
        const top = scroll.moveTo(position);
        const before = scroll.position;
        scroll.follow(top);
        expect(scroll.position).toBeCloseTo(before, 3);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top).toBeLessThanOrEqual(scroll.height - scroll.viewport);
      }),
    );
  });

  it('moves no farther than needed to show a row', () => {
    const scroll = list(1000);
    scroll.moveTo(400);
    expect(scroll.positionOf(25)).toBe(400);
    expect(scroll.positionOf(10)).toBe(200);
    expect(scroll.positionOf(40)).toBe(620);
  });

  it('of few rows does not scroll', () => {
    const scroll = list(3);
    expect(scroll.moveTo(1000)).toBe(0);
    expect(scroll.window(5)).toEqual({ from: 0, to: 3 });
    expect(list(0).window(5)).toEqual({ from: 0, to: 0 });
  });
});

describe('the columns of a grid', () => {
  const wide = Array.from({ length: 100 }, () => 50);

  it('are all drawn when they are few, else those in view', () => {
    expect(columnWindow([50, 50, 50], 1, 0, 60)).toEqual({ from: 1, to: 3, skipped: 0 });
    expect(columnWindow(wide, 2, 0, 300)).toEqual({ from: 2, to: 6, skipped: 0 });
    expect(columnWindow(wide, 2, 425, 300)).toEqual({ from: 10, to: 15, skipped: 400 });
    expect(columnWindow(wide, 2, 4800, 300).to).toBe(100);
  });

  it('scroll no farther than needed, and pinned ones not at all', () => {
    expect(scrollLeftFor(wide, 2, 1, 777, 300)).toBe(777);
    expect(scrollLeftFor(wide, 2, 4, 0, 300)).toBe(0);
    expect(scrollLeftFor(wide, 2, 10, 0, 300)).toBe(250);
    expect(scrollLeftFor(wide, 2, 3, 500, 300)).toBe(50);
  });

  it('stay in view as far as they leave room, the first one always', () => {
    expect(pinnedCount([80, 100, 100, 100], 4, 1000)).toBe(4);
    expect(pinnedCount([80, 100, 100, 100], 4, 500)).toBe(3);
    expect(pinnedCount([80, 100, 100, 100], 4, 100)).toBe(1);
  });
});

describe('the keys of a grid', () => {
  const size = { rows: 100, columns: 8, page: 10 };
  const press = (key: string, row: number, column: number, ctrlKey = false): unknown =>
    moved({ key, ctrlKey, metaKey: false }, { row, column }, size);

  it.each([
    ['ArrowDown', 5, 2, false, { row: 6, column: 2 }],
    ['ArrowDown', 99, 2, false, { row: 99, column: 2 }],
    ['ArrowUp', 0, 2, false, { row: -1, column: 2 }],
    ['ArrowUp', -1, 2, false, { row: -1, column: 2 }],
    ['ArrowDown', -1, 2, false, { row: 0, column: 2 }],
    ['ArrowDown', 5, 2, true, { row: 99, column: 2 }],
    ['ArrowLeft', 5, 0, false, { row: 5, column: 0 }],
    ['ArrowRight', 5, 7, false, { row: 5, column: 7 }],
    ['ArrowRight', 5, 1, true, { row: 5, column: 7 }],
    ['PageDown', 5, 2, false, { row: 15, column: 2 }],
    ['PageUp', 5, 2, false, { row: 0, column: 2 }],
    ['Home', 5, 2, false, { row: 5, column: 0 }],
    ['End', 5, 2, true, { row: 99, column: 7 }],
    ['Home', 5, 2, true, { row: 0, column: 0 }],
    ['a', 5, 2, false, undefined],
  ] as const)('%s at row %i, column %i (Ctrl: %s)', (key, row, column, ctrl, expected) => {
    expect(press(key, row, column, ctrl)).toEqual(expected);
  });
});
