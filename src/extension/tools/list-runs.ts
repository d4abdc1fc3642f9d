import * as v from 'valibot';
import type { RunSummary } from '../runs/run-summary';

export const ListRunsInput = v.object({ file: v.optional(v.string()) });

const mostRuns = 50;

/** The runs, the newest first, for a language model: what was trained on what, how it stands, how good it is. */
export function listRuns(runs: readonly RunSummary[], file?: string): object {
  const fitting = runs.filter(({ state }) => file === undefined || state.dataset.path === file);
  return {
    total: fitting.length,
    runs: fitting.slice(0, mostRuns).map(({ folder, state, testMetrics }) => ({
      run: folder.path,
      name: state.name,
      state: state.state,
      begun: state.createdAt,
      table: state.dataset.path,
      target: state.target,
      task: state.task,
      model: state.model.id,
      testMetrics,
      error: state.error && `${state.error.message} ${state.error.hint}`,
    })),
  };
}
