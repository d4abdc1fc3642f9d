import { baselines } from '../core/run/baselines';
import { evaluate } from '../core/run/evaluate';
import { exportRun } from '../core/run/export';
import { fineTune } from '../core/run/fine-tune';
import { predict } from '../core/run/predict';
import type { Handlers } from './engine-server';

/** The methods of the engine are the stories of the run room. */
export const handlers: Handlers = { fineTune, predict, evaluate, baselines, export: exportRun };
