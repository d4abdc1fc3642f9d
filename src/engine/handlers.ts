import { baselines } from '../core/run/baselines';
import { fineTune } from '../core/run/fine-tune';
import type { Handlers } from './engine-server';

/** The methods of the engine are the stories of the run room. */
export const handlers = { baselines, fineTune } as unknown as Handlers;
