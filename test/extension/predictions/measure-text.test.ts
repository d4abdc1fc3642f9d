import { describe, expect, it } from 'vitest';
import { measureText } from '../../../src/shared/measure-text';

describe('the text of a measure', () => {
  it.each([
    ['percent', 0.91249, '91.2 %'],
    ['percent', 1, '100.0 %'],
    ['number', 2.99188, '2.992'],
    ['number', 12345.6, '12350'],
    ['number', 0.070811, '0.0708'],
    ['number', -0.88265, '−0.8827'],
    ['number', -0.0000208, '0.0000'],
    ['number', 1, '1.000'],
    ['number', 6.46, '6.460'],
    ['number', 999.96, '1000'],
  ] as const)('%s of %d is %s', (style, value, text) => {
    expect(measureText({ style }, value)).toBe(text);
  });
});
