import * as vscode from 'vscode';
import type { RunStore } from '../runs/run-store';
import { headline, howMade } from '../runs/run-summary';
import { runSource } from './run-source';
import type { RunSource } from './run-source';

/** Lets the user choose among the runs that have predictions for a table; undefined when none is chosen. */
export async function chooseRunFor(table: string, store: RunStore): Promise<RunSource | undefined> {
  const runs = await store.refresh();
  const items = runs
    .filter(({ state, testMetrics }) => testMetrics !== undefined && state.dataset.path === table)
    .map((run) => ({
      label: run.state.name,
      description: [headline(run) ?? '', ...howMade(run)].join(' · '),
      detail: [run.state.model.id, run.state.createdAt.replace('T', ' ').slice(0, 16)].join(' · '),
      run,
    }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Predictions of Which Run?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen && runSource(chosen.run);
}
