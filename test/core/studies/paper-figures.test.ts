import { describe, expect, it } from 'vitest';
import { classificationFigures } from '../../../src/core/studies/paper/classification-figures';
import { paperFigures } from '../../../src/core/studies/paper/paper-figures';
import { regressionFigures } from '../../../src/core/studies/paper/regression-figures';
import { studyNames } from '../../../src/core/studies/study-kinds';

describe('the figures of the paper', () => {
  it.each(Object.entries({ ...classificationFigures, ...regressionFigures }))(
    'for the study %s have a title for every figure',
    (study, { columns, tables }) => {
      expect(studyNames).toContain(study);
      for (const rows of Object.values(tables)) for (const row of rows) expect(row).toHaveLength(columns.length);
    },
  );

  it('are those of the study, else of the whole table, else none', () => {
    expect(paperFigures('ridge', 'linear')!.rows).toEqual([['LIFT', 0.016, 0.4, 1.69, 170]]);
    expect(paperFigures('sample-complexity', 'servo')!.rows).toEqual([['LIFT', 1.17, 0.38]]);
    expect(paperFigures('decision-boundary', 'network-490')!.rows).toEqual([['LIFT', 88, 87.75]]);
    expect(paperFigures('ridge', 'mine')).toBeUndefined();
    expect(paperFigures('ridge', 'constructor')).toBeUndefined();
  });
});
