import { describe, expect, it } from 'vitest';
import { tableOf, writerOf } from '../prompt-spec-of';

const table = tableOf(
  ['first', 'second', 'third', 'kind'],
  ['10', '20', '15', 'hill'],
  ['1000', '3000', null, 'hill'],
  ['7', '7', '7', 'flat'],
);
const promptOf = (row: number, series: boolean): string =>
  writerOf(table, { series }).render(table.rows[row]!, []).prompt;

describe('the rows of a series', () => {
  it('are told by the places of their numbers between the least and the greatest', () => {
    expect(promptOf(0, true)).toBe(
      'The first is 0.0000. The second is 1.0000. The third is 0.5000. What is the kind? ###',
    );
    expect(promptOf(0, false)).toBe('The first is 10. The second is 20. The third is 15. What is the kind? ###');
  });

  it('keep missing cells missing, and stand in the middle when all numbers are equal', () => {
    expect(promptOf(1, true)).toContain('The second is 1.0000. The third is unknown.');
    expect(promptOf(2, true)).toContain('The first is 0.5000. The second is 0.5000.');
  });

  it('are told so as examples, and the formats are fitted to what is told', () => {
    const scaled = ['first', 'second', 'third'].map((column) => ({ column, format: 'scaled-linear' as const }));
    const writer = writerOf(table, { series: true, features: scaled });
    expect(writer.render(table.rows[0]!, [table.rows[1]!]).prompt).toContain('The first is 000. The second is 999.');
  });
});
