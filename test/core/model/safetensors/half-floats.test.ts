import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBF16, fromF16, toBF16, toF16 } from '../../../../src/core/model/safetensors/half-floats';

const everyPattern = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);

describe('half precision', () => {
  it('reads the values that the standard defines', () => {
    const bits = [0x0000, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x0400, 0x7c00, 0xfc00];
    const values = [0, -0, 1, -2, 65504, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, Infinity, -Infinity];
    expect([...fromF16(Uint16Array.from(bits))]).toEqual(values);
    expect(fromF16(Uint16Array.of(0x7e00))[0]).toBeNaN();
  });

  it.each([
    ['F16', fromF16, toF16],
    ['BF16', fromBF16, toBF16],
  ])('keeps every %s pattern through a round trip', (_, widen, narrow) => {
    const values = widen(everyPattern);
    const back = narrow(values);
    everyPattern.forEach((bits, index) => {
      if (Number.isNaN(values[index])) expect(widen(back.subarray(index, index + 1))[0]).toBeNaN();
      else if (back[index] !== bits) expect(back[index]).toBe(bits);
    });
  });

  it.each([
    ['F16', fromF16, toF16],
    ['BF16', fromBF16, toBF16],
  ])('rounds to the nearest %s, ties to even', (_, widen, narrow) => {
    const finite = [...everyPattern].filter((bits) => bits < 0x8000 && Number.isFinite(widen(Uint16Array.of(bits))[0]));
    const steps = finite.slice(0, -1);
    fc.assert(
      fc.property(fc.constantFrom(...steps), fc.double({ min: 0, max: 1, noNaN: true }), (bits, part) => {
        const [low, high] = widen(Uint16Array.of(bits, bits + 1)) as unknown as [number, number];
        const value = Math.fround(low + (high - low) * part);
        const below = value - low;
        const above = high - value;
        const nearest = below < above || (below === above && bits % 2 === 0) ? bits : bits + 1;
        expect(narrow(Float32Array.of(value))[0]).toBe(nearest);
        expect(narrow(Float32Array.of(-value))[0]).toBe(nearest + 0x8000);
      }),
    );
  });

  it('overflows to infinity from half-way above the largest number', () => {
    expect([...toF16(Float32Array.of(65519, 65520, 1e30))]).toEqual([0x7bff, 0x7c00, 0x7c00]);
    expect([...toBF16(Float32Array.of(3.4e38))]).toEqual([0x7f80]);
  });
});
