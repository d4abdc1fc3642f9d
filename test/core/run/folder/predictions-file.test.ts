import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { predictionsCsv } from '../../../../src/core/run/folder/predictions-file';
import type { Prediction } from '../../../../src/core/run/folder/predictions-file';

const row: Prediction = { rowId: 0, lineNumber: 2, part: 'test', truth: 'yes', prediction: 'no', fallback: '' };

describe('the predictions file', () => {
  it('has a probability for each class of a classification', () => {
    const csv = predictionsCsv([{ ...row, confidence: 0.75, probabilities: [0.25, 0.75] }], ['yes', 'no']);
    expect(csv).toBe(
      'row,line,part,truth,prediction,confidence,p(yes),p(no),fallback\n0,2,test,yes,no,0.75,0.25,0.75,\n',
    );
  });

  it('has the bounds of the interval for a regression, and an empty truth where there is none', () => {
    const csv = predictionsCsv([{ ...row, truth: null, prediction: '-3.5', lower: -4, upper: 1 / 3 }], []);
    expect(csv).toBe('row,line,part,truth,prediction,lower,upper,fallback\n0,2,test,,-3.5,-4,0.333333333,\n');
  });

  it('keeps a spreadsheet from running a class as a formula, but leaves negative numbers alone', () => {
    const csv = predictionsCsv(
      [{ ...row, truth: '=HYPERLINK("x")', prediction: '-1', probabilities: [1, 0] }],
      ['=1+1', '@x'],
    );
    const [header, cells] = parse(csv);
    expect(header).toContain('p(=1+1)');
    expect(cells!.slice(3, 5)).toEqual([`'=HYPERLINK("x")`, '-1']);
  });

  it('quotes what would break a row', () => {
    const labels = ['a,b', 'say "hi"', 'two\nlines'];
    const rows = labels.map((label) => ({ ...row, truth: label, prediction: label }));
    const [, ...cells]: string[][] = parse(predictionsCsv(rows, labels));
    expect(cells.map((line) => line[3])).toEqual(labels);
  });
});
