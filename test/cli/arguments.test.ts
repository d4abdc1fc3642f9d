import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments';
import type { Arguments, ArgumentSpec } from '../../src/cli/arguments';
import type { LiftError } from '../../src/core/foundation/lift-error';

const spec: ArgumentSpec = {
  operands: ['CSV'],
  options: {
    target: { type: 'string', value: 'COL', help: '' },
    seed: { type: 'string', value: 'N', help: '' },
    set: { type: 'string', multiple: true, help: '' },
    'no-baselines': { type: 'boolean', help: '' },
    help: { type: 'boolean', help: '' },
  },
};

const parse = (...args: string[]): Arguments => parseArguments(args, spec);

function usageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect((error as LiftError).code).toBe('usage');
    return `${(error as LiftError).message} ${(error as LiftError).hint}`.trim();
  }
  throw new Error('No error was thrown.');
}

describe('the arguments of a command', () => {
  it('are operands, values, repeated values and flags in any order', () => {
    const args = parse('--set', 'a=1', 'iris.csv', '--target=species', '--no-baselines', '--set', 'b=2', '--seed', '7');
    expect(args.operand('CSV')).toBe('iris.csv');
    expect(args.text('target')).toBe('species');
    expect(args.list('set')).toEqual(['a=1', 'b=2']);
    expect(args.flag('no-baselines')).toBe(true);
    expect(args.integer('seed', 0)).toBe(7);
    expect(args.text('help')).toBeUndefined();
  });

  it('may begin with a dash after --, and be empty', () => {
    expect(parse('--target', '', '--', '-odd.csv').operand('CSV')).toBe('-odd.csv');
    expect(parse('--target', '', 'a.csv').text('target')).toBe('');
  });

  it('are refused when an option is unknown, with the nearest one', () => {
    expect(usageOf(() => parse('iris.csv', '--traget', 'y'))).toBe(
      'There is no option --traget. Did you mean --target?',
    );
    expect(usageOf(() => parse('iris.csv', '--zzzzzz'))).toBe('There is no option --zzzzzz. See --help.');
    expect(usageOf(() => parse('iris.csv', '--constructor'))).toContain('no option');
  });

  it('are refused when a value is missing, superfluous or given twice', () => {
    expect(usageOf(() => parse('iris.csv', '--target'))).toBe('--target needs a value: --target COL.');
    expect(usageOf(() => parse('iris.csv', '--no-baselines=1'))).toBe('--no-baselines takes no value.');
    expect(usageOf(() => parse('iris.csv', '--seed', '1', '--seed', '2'))).toBe('--seed is given twice.');
  });

  it('are refused when operands are missing or too many', () => {
    expect(usageOf(() => parse())).toBe('CSV is missing. See --help.');
    expect(usageOf(() => parse('a.csv', 'b.csv'))).toBe('"b.csv" is one argument too many. See --help.');
  });

  it('ask for whole numbers and known words', () => {
    for (const text of ['x', '1.5', '-1', '', '1e99']) {
      expect(usageOf(() => parse('a.csv', `--seed=${text}`).integer('seed', 0))).toContain('whole number from 0');
    }
    const format = parse('a.csv', '--target', 'pfet');
    expect(usageOf(() => format.choice('target', ['peft', 'transformers.js']))).toBe(
      '--target is peft or transformers.js, not "pfet". Did you mean peft?',
    );
  });
});
