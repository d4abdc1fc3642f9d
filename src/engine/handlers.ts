import { openBackend } from '../core/backends/open-backend';
import { generate } from '../core/generation/generate';
import { imagesTable } from '../core/images/images-table';
import { baselines } from '../core/run/measure/baselines';
import { evaluate } from '../core/run/evaluate';
import { exportRun } from '../core/run/export/export';
import { fineTune } from '../core/run/fine-tune';
import { plan } from '../core/run/plan';
import { predict } from '../core/run/predict';
import { study } from '../core/studies/run-study';
import type { Handlers } from './engine-server';

/** The methods of the engine are the stories of the run room. */
export const handlers: Handlers = {
  fineTune: (request, context) => fineTune(request, context, openBackend),
  plan: (request, context) => plan(request, context, openBackend),
  predict: (request, context) => predict(request, context, openBackend),
  evaluate: (request, context) => evaluate(request, context, openBackend),
  baselines,
  export: exportRun,
  generate,
  images: imagesTable,
  study: (request, context) => study(request, context, openBackend),
};
