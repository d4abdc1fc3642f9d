import { baselineReports, baselinesFor } from './baseline-reports';
import { chooseRecipe } from '../task/choose-recipe';
import type { RunContext } from '../events';
import { readDataset } from '../task/read-dataset';
import type { BaselinesRequest, BaselinesResult } from '../requests';
import { splitRows } from '../task/split-rows';
import { StageClock } from '../progress/stage-clock';

/** The usual methods on a table, tuned on validation rows and measured on the test rows that fine-tuning would have. */
export async function baselines(request: BaselinesRequest, context: RunContext): Promise<BaselinesResult> {
  const clock = new StageClock(context);
  const table = await readDataset(request.dataset, clock, context);
  const recipe = await chooseRecipe(table, { ...request, set: [] }, context.emit);
  const parts = splitRows(table, recipe, context.emit);
  const results = await clock.time('baselines', (report) => baselinesFor(table, recipe, parts, context, report));
  return { task: recipe.task, baselines: baselineReports(results), timing: clock.timing() };
}
