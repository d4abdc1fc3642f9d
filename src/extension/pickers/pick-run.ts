import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { RunStore } from '../runs/run-store';
import { headline } from '../runs/run-summary';
import type { RunSummary } from '../runs/run-summary';

/** What a command may be called with: a tree item, a run folder's path, or nothing (from the palette). */
export type RunArgument = RunSummary | string | undefined;

/**
 * The run that a command is about: the one it was called on, else the one that the user picks among those that fit.
 * Undefined when there is none or the user picks none; when there is none, the user is told.
 */
export async function pickRun(
  store: RunStore,
  argument: RunArgument,
  title: string,
  fits: (run: RunSummary) => boolean = () => true,
): Promise<RunSummary | undefined> {
  const runs = await store.refresh();
  if (argument !== undefined) {
    const path = typeof argument === 'string' ? argument : argument.folder.path;
    return runs.find(({ folder }) => folder.path === path);
  }
  const fitting = runs.filter(fits);
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no run to choose from. Fine-tune a table first.'),
    );
    return undefined;
  }
  const items = fitting.map((run) => ({
    label: run.state.name,
    description: [headline(run) ?? run.state.state, basename(run.state.dataset.path)].join(' · '),
    // To the second: runs of one table are often of one name.
    detail: new Date(run.state.createdAt).toLocaleString(vscode.env.language, {
      dateStyle: 'medium',
      timeStyle: 'medium',
    }),
    run,
  }));
  const choice = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return choice?.run;
}

/** Runs whose model can be used: finished, or stopped with a checkpoint kept. */
export function hasModel({ state }: RunSummary): boolean {
  return state.state === 'done';
}

export function canResume({ state }: RunSummary): boolean {
  return state.state === 'stopped' || state.state === 'failed';
}
