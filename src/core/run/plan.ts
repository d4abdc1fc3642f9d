import { LiftError } from '../foundation/lift-error';
import type { OpenBackend } from './backend';
import type { RunContext } from './events';
import { openNewRun } from './folder/open-run';
import { prepareWork } from './task/prepare-work';
import type { FineTuneRequest, RunPlan } from './requests';
import { StageClock } from './progress/stage-clock';

/**
 * What a run would mean: where it would happen, what would leave this machine, what it would cost. Tests the connection and
 * writes the prompts, but sends nothing and makes no folder. Throws whatever would stand in the way of the run.
 */
export async function plan(request: FineTuneRequest, context: RunContext, openBackend: OpenBackend): Promise<RunPlan> {
  if (request.resume !== undefined) throw new LiftError('usage', 'A run that was begun cannot be planned again.');
  const backend = openBackend(request.backend ?? { kind: 'local' });
  const { service, warnings } = await backend.test(context.signal);
  const clock = new StageClock(context);
  const inputs = await openNewRun(request, backend.needs, clock, context);
  const work = await prepareWork(inputs, clock, context);
  backend.check?.(work);
  const planned = await backend.plan(work);
  return { ...planned, service, warnings: [...warnings, ...planned.warnings] };
}
