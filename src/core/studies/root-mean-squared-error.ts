import { phrase } from '../foundation/phrase';
import type { Measure } from './study';

/** Beside the relative error where the paper's figures are in the unit of the answers. */
export const rootMeanSquaredError: Measure = {
  key: 'rmse',
  title: phrase`root mean squared error`,
  higher: false,
  meaning: phrase`The root mean squared error is in the unit of the answers.`,
};
