import { describe, expect, it } from 'vitest';
import { findIssues, requireTarget } from '../../../../src/core/table/issues/find-issues';
import type { TableIssue } from '../../../../src/core/table/issues/table-issue';
import { makeTable } from '../make-table';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** 60 rows with a useful feature and the given target values. */
function issuesOf(
  target: (row: number) => string,
  task: 'classification' | 'regression' = 'classification',
  rows = 60,
): TableIssue[] {
  const table = makeTable(
    ['x', 'y'],
    Array.from({ length: rows }, (_, row) => [String(row * 1.5), target(row)]),
  );
  return findIssues(table, { target: 'y', task });
}

const kinds = (issues: readonly TableIssue[]): string[] => issues.map(({ kind }) => kind);

describe('findIssues', () => {
  it('has nothing to say about a good table', () => {
    expect(issuesOf((row) => 'ab'[row % 2]!)).toEqual([]);
    expect(issuesOf((row) => String(row * 2.5), 'regression')).toEqual([]);
  });

  it.each([
    ['target-empty', () => ''],
    ['target-constant', () => 'same'],
    ['target-identifier', (row: number) => `id-${row}`],
  ] as const)('calls a target impossible: %s', (kind, target) => {
    const [issue] = issuesOf(target);
    expect(issue).toMatchObject({ severity: 'error', kind, column: 'y' });
  });

  it('calls a regression target with words impossible', () => {
    const [issue] = issuesOf((row) => (row % 2 ? 'low' : String(row)), 'regression');
    expect(issue).toMatchObject({ severity: 'error', kind: 'target-not-numeric' });
  });

  it('warns of rare, many and similar classes, and of missing targets', () => {
    expect(kinds(issuesOf((row) => (row === 3 ? 'rare' : 'ab'[row % 2]!)))).toEqual(['target-rare-classes']);
    expect(kinds(issuesOf((row) => ['yes', 'Yes', 'no'][row % 3]!))).toEqual(['target-similar-classes']);
    expect(kinds(issuesOf((row) => (row % 5 ? 'ab'[row % 2]! : '')))).toEqual(['few-rows', 'target-incomplete']);
    const many = issuesOf((row) => letters[row % 26]! + letters[Math.floor(row / 26) % 5]!, 'classification', 520);
    expect(kinds(many)).toEqual(['target-many-classes']);
  });

  it('says when there are too few rows or no other column', () => {
    expect(kinds(issuesOf((row) => 'ab'[row % 2]!, 'classification', 4))).toContain('too-few-rows');
    expect(kinds(issuesOf((row) => 'ab'[row % 2]!, 'classification', 20))).toEqual(['few-rows']);
    const alone = makeTable(
      ['y'],
      Array.from({ length: 60 }, (_, row) => ['ab'[row % 2]!]),
    );
    expect(findIssues(alone, { target: 'y', task: 'classification' })[0]).toMatchObject({
      severity: 'error',
      kind: 'no-features',
    });
  });

  it('warns of columns that do not help, and of copies', () => {
    const rows = Array.from({ length: 60 }, (_, row) => [
      String(row + 1),
      'same',
      '',
      row % 3 ? '' : 'x',
      'ab'[row % 2]!,
    ]);
    const table = makeTable(['id', 'constant', 'empty', 'rare', 'y'], rows);
    const issues = findIssues(table, { target: 'y', task: 'classification' });
    expect(issues.map(({ kind, column }) => [kind, column])).toEqual([
      ['identifier-column', 'id'],
      ['constant-column', 'constant'],
      ['empty-column', 'empty'],
      ['mostly-missing-column', 'rare'],
      ['duplicate-rows', undefined],
    ]);
    expect(issues.every(({ severity }) => severity === 'warning')).toBe(true);
  });
});

describe('requireTarget', () => {
  const table = makeTable(
    ['x', 'y'],
    Array.from({ length: 60 }, (_, row) => [String(row * 1.5), 'same']),
  );

  it('gives the column of a target that can be learnt', () => {
    expect(requireTarget(table, { target: 'x', task: 'regression' }).index).toBe(0);
  });

  it('throws what makes a target impossible', () => {
    expect(() => requireTarget(table, { target: 'y', task: 'classification' })).toThrow(
      'The target "y" is "same" in every row',
    );
    expect(() => requireTarget(table, { target: 'z', task: 'classification' })).toThrow(
      'There is no column "z" in table.csv.',
    );
  });
});
