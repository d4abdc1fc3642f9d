import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictionsCsv } from '../../../src/core/run/folder/predictions-file';
import type { Prediction } from '../../../src/core/run/folder/predictions-file';
import { readPredictions } from '../../../src/extension/predictions/read-predictions';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-read-predictions-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(text: string): Promise<string> {
  const path = join(folder, 'predictions.csv');
  await writeFile(path, text);
  return path;
}

const classes = ['=1+1', 'a, "b"', 'two\nlines'];
const predictions: Prediction[] = [
  {
    rowId: 3,
    lineNumber: 5,
    part: 'test',
    truth: 'a, "b"',
    prediction: '=1+1',
    confidence: 0.5,
    probabilities: [0.5, 0.25, 0.25],
    fallback: '',
  },
  {
    rowId: 7,
    lineNumber: 11,
    part: 'unlabelled',
    truth: null,
    prediction: 'two\nlines',
    confidence: 0.75,
    probabilities: [0.125, 0.125, 0.75],
    fallback: '',
  },
  { rowId: 9, lineNumber: 13, part: 'validation', truth: '=1+1', prediction: '', fallback: 'unreadable answer' },
];

describe('reading a predictions file', () => {
  it('gives back what was written: labels of any characters, missing truths, missing probabilities', async () => {
    const set = await readPredictions(await written(predictionsCsv(predictions, classes)));
    expect(set.task).toBe('classification');
    expect(set.classes).toEqual(classes);
    expect([...set.columns.rows]).toEqual([3, 7, 9]);
    expect([...set.columns.lines]).toEqual([5, 11, 13]);
    const places = [0, 1, 2];
    expect(places.map((place) => set.part(place))).toEqual(['test', 'unlabelled', 'validation']);
    expect(places.map((place) => set.truth(place))).toEqual(['a, "b"', undefined, '=1+1']);
    expect(places.map((place) => set.prediction(place))).toEqual(['=1+1', 'two\nlines', '']);
    expect(places.map((place) => set.verdict(place))).toEqual(['wrong', 'unknown', 'wrong']);
    expect(places.map((place) => set.hasProbabilities(place))).toEqual([true, true, false]);
    expect([...set.probabilities(1)]).toEqual([0.125, 0.125, 0.75]);
    expect(set.facts(2)).toMatchObject({ confidence: undefined, fallback: 'unreadable answer' });
  });

  it('finds a prediction by its row and by its line', async () => {
    const set = await readPredictions(await written(predictionsCsv(predictions, classes)));
    expect([3, 4, 9, 10, 0].map((row) => set.placeOf(row))).toEqual([0, -1, 2, -1, -1]);
    expect([5, 6, 13].map((line) => set.placeOfLine(line))).toEqual([0, -1, 2]);
  });

  it('judges numbers by their interval and tells their error', async () => {
    const numbers: Prediction[] = [
      { rowId: 0, lineNumber: 2, part: 'test', truth: '10', prediction: '12', lower: 9, upper: 15, fallback: '' },
      { rowId: 1, lineNumber: 3, part: 'test', truth: '-8', prediction: '12', lower: 9, upper: 15, fallback: '' },
      { rowId: 2, lineNumber: 4, part: 'test', truth: '10', prediction: '12', fallback: '' },
    ];
    const set = await readPredictions(await written(predictionsCsv(numbers, [])));
    expect(set.task).toBe('regression');
    expect([0, 1, 2].map((place) => set.verdict(place))).toEqual(['right', 'wrong', 'unknown']);
    expect([0, 1].map((place) => set.error(place))).toEqual([2, 20]);
  });

  it.each([
    ['', 'it is empty'],
    ['row,line,truth\n', 'no column “part”'],
    ['row,line,part,truth,prediction,fallback\n1,2,nowhere,a,b,\n', 'is no predicted row'],
    ['row,line,part,truth,prediction,fallback\n2,3,test,a,b,\n1,2,test,a,b,\n', 'not in the order of the table'],
    ['row,line,part,truth,prediction,fallback\n1,2,test,"a,b,\n', 'Quote Not Closed'],
  ])('refuses a damaged file: %j', async (text, reason) => {
    const result = readPredictions(await written(text));
    await expect(result).rejects.toMatchObject({ code: 'run-invalid' });
    await expect(result).rejects.toThrow(reason);
  });

  it('says that a run without the file has no predictions yet', async () => {
    await expect(readPredictions(join(folder, 'none.csv'))).rejects.toMatchObject({
      code: 'run-invalid',
      hint: 'The run has no predictions yet: finish or resume it.',
    });
  });
});
