import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictionsCsv } from '../../../src/core/run/folder/predictions-file';
import type { Prediction } from '../../../src/core/run/folder/predictions-file';
import { likelyClasses, lineFacts, lineText } from '../../../src/extension/predictions/line-texts';
import type { PredictionSet } from '../../../src/extension/predictions/prediction-set';
import { readPredictions } from '../../../src/extension/predictions/read-predictions';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lift-lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function setOf(prediction: Partial<Prediction>, classes: readonly string[]): Promise<PredictionSet> {
  const path = join(folder, 'predictions.csv');
  const whole: Prediction = {
    rowId: 0,
    lineNumber: 2,
    part: 'test',
    truth: null,
    prediction: '',
    fallback: '',
    ...prediction,
  };
  await writeFile(path, predictionsCsv([whole], classes));
  return readPredictions(path);
}

describe('the text at the end of a line', () => {
  it.each([
    [{ truth: 'a', prediction: 'a', confidence: 0.973, probabilities: [0.973, 0.027] }, '✓ a 97 %'],
    [{ truth: 'b', prediction: 'a', confidence: 0.61, probabilities: [0.61, 0.39] }, '✗ a 61 %, truth b'],
    [{ truth: null, prediction: 'b', confidence: 0.61, probabilities: [0.39, 0.61] }, 'b 61 %'],
    [{ truth: 'a', prediction: '', fallback: 'unreadable answer' }, '✗ unreadable, truth a (unreadable answer)'],
  ])('of a class: %j', async (prediction, text) => {
    expect(lineText(await setOf(prediction, ['a', 'b']), 0)).toBe(text);
  });

  it.each([
    [{ truth: '18', prediction: '16.22896', lower: 10, upper: 20 }, '✓ 16.23'],
    [{ truth: '44.3', prediction: '16.1701156', lower: 3.84, upper: 35.6 }, '✗ 16.17, truth 44.3'],
    [{ truth: '18', prediction: '20', fallback: 'training mean' }, '20 (training mean)'],
  ])('of a number: %j', async (prediction, text) => {
    expect(lineText(await setOf(prediction, []), 0)).toBe(text);
  });
});

describe('the hover over a line', () => {
  it('tells the facts and the most probable classes', async () => {
    const set = await setOf({ truth: 'b', prediction: 'a', confidence: 0.5, probabilities: [0.5, 0.125, 0.375] }, [
      'a',
      'b',
      'c',
    ]);
    expect(lineFacts(set, 0)).toEqual([
      ['Prediction', 'a'],
      ['Truth', 'b'],
      ['Part', 'test'],
    ]);
    expect(likelyClasses(set, 0)).toEqual([
      ['a', 0.5],
      ['c', 0.375],
      ['b', 0.125],
    ]);
  });

  it('tells the interval and the error of a number', async () => {
    const set = await setOf({ truth: '44.3', prediction: '16.3', lower: 3.84, upper: 35.6 }, []);
    expect(lineFacts(set, 0).slice(3)).toEqual([
      ['Interval', '3.84 … 35.6'],
      ['Error', '-28'],
    ]);
    expect(likelyClasses(set, 0)).toEqual([]);
  });
});
