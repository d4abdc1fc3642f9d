import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/core/foundation/random';
import type { RawAnswer } from '../../../../src/core/run/answer/answers';
import { calibrated, fitCalibration } from '../../../../src/core/run/answer/calibration';

const settings = {
  prediction: {
    mode: 'score',
    temperatureScaling: true,
    confidence: 0.9,
    regression: 'mean',
    permutations: 1,
    neighbours: false,
  },
} as const;
const classes = ['no', 'yes'];

/** A model that is surer than it is right: 99.9 % for "yes", which is true three times out of four. */
const overconfident = Array.from({ length: 200 }, (): RawAnswer => {
  return { kind: 'classes', scores: [Math.log(0.001), Math.log(0.999)], fallback: '' };
});
const threeOfFour = Array.from({ length: 200 }, (_, row): string => (row % 4 === 0 ? 'no' : 'yes'));

describe('the calibration of classes', () => {
  it('makes the model as sure as it is right', () => {
    const calibration = fitCalibration(overconfident, undefined, threeOfFour, classes, settings);
    const answer = calibrated(overconfident[0]!, undefined, calibration, classes, settings);
    expect(answer.prediction).toBe('yes');
    expect(answer.confidence).toBeCloseTo(0.75, 1);
    expect(answer.probabilities![0]).toBeCloseTo(0.25, 1);
    // One class alone would be right too seldom.
    expect(answer.set).toEqual(['yes', 'no']);
  });

  it('leaves the probabilities alone when it is switched off', () => {
    const off = { prediction: { ...settings.prediction, temperatureScaling: false } };
    const calibration = fitCalibration(overconfident, undefined, threeOfFour, classes, off);
    expect(calibrated(overconfident[0]!, undefined, calibration, classes, off).confidence).toBeCloseTo(0.999, 6);
  });

  it('promises no set when there are too few rows to keep the promise', () => {
    const calibration = fitCalibration(overconfident.slice(0, 3), undefined, threeOfFour, classes, settings);
    expect(calibration.setThreshold).toBeNull();
    expect(calibrated(overconfident[0]!, undefined, calibration, classes, settings).set).toBeUndefined();
  });

  it('counts on classes that training never showed no more than on any other unknown', () => {
    const calibration = fitCalibration(overconfident, undefined, threeOfFour.with(0, 'unseen'), classes, settings);
    expect(calibration.temperature).toBeGreaterThan(1);
  });

  it('survives a validation part without rows', () => {
    expect(fitCalibration([], undefined, [], classes, settings)).toEqual({
      temperature: 1,
      modelShare: 1,
      setThreshold: null,
      margin: null,
    });
  });
});

describe('the calibration of numbers', () => {
  const random = new Random(5);

  /** The model says 10 ± 1, and the truth is normal around 10 with a deviation of 5. */
  const answers = Array.from({ length: 500 }, (): RawAnswer => {
    return { kind: 'numbers', distribution: { values: [9, 10, 11], probabilities: [0.2, 0.6, 0.2] }, fallback: '' };
  });
  const truth = answers.map(() => String(10 + 5 * random.normal()));

  it('widens intervals until they hold the promised share of the truth', () => {
    const calibration = fitCalibration(answers.slice(0, 250), undefined, truth.slice(0, 250), [], settings);
    const { prediction, lower, upper } = calibrated(answers[0]!, undefined, calibration, [], settings);
    expect(prediction).toBe('10');
    const inside = truth.slice(250).filter((text) => Number(text) >= lower! && Number(text) <= upper!);
    expect(inside.length / 250).toBeGreaterThan(0.84);
    expect(inside.length / 250).toBeLessThan(0.96);
  });

  it('predicts the mean, the median or the most probable number as the recipe says', () => {
    const skewed: RawAnswer = {
      kind: 'numbers',
      distribution: { values: [0, 1, 10], probabilities: [0.4, 0.2, 0.4] },
      fallback: '',
    };
    const said = (regression: 'mean' | 'median' | 'greedy'): string => {
      const recipe = { prediction: { ...settings.prediction, regression } };
      return calibrated(skewed, undefined, fitCalibration([], undefined, [], [], recipe), [], recipe).prediction;
    };
    expect([said('mean'), said('median'), said('greedy')]).toEqual(['4.2', '1', '0']);
  });

  it('gives numbers that were read from text an interval by how far off they were', () => {
    const read = (value: number): RawAnswer => ({ kind: 'text', answer: String(value), fallback: '' });
    const texts = Array.from({ length: 20 }, () => read(10));
    const off = texts.map((_, row) => String(10 + (row % 2 === 0 ? 1 : -1) * (row / 8)));
    const calibration = fitCalibration(texts, undefined, off, [], settings);
    expect(calibration.margin).toBe(2.25);
    expect(calibrated(read(3), undefined, calibration, [], settings)).toMatchObject({
      prediction: '3',
      lower: 0.75,
      upper: 5.25,
    });
  });

  it('keeps an unreadable class as no prediction at all', () => {
    const answer: RawAnswer = { kind: 'text', answer: null, fallback: 'unreadable answer' };
    const calibration = fitCalibration([], undefined, [], classes, settings);
    expect(calibrated(answer, undefined, calibration, classes, settings)).toEqual({
      prediction: '',
      fallback: 'unreadable answer',
    });
  });
});
