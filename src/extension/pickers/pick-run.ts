import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import type { RunStore } from '../runs/run-store';
import { headline, howMade } from '../runs/run-summary';
import type { RunSummary } from '../runs/run-summary';
import { stateLabel } from '../runs/state-label';

/** What a command may be called with: a tree item, a run folder's path, or nothing (from the palette). */
export type RunArgument = RunSummary | string | undefined;

/**
 * The run that a command is about: the one it was called on, else the one that the user picks among those that fit.
 * Undefined when there is none or the user picks none; when there is none, the user is told.
 * @throws LiftError `run-invalid` when the run it was called on is gone, or does not fit
 */
export async function pickRun(
  store: RunStore,
  argument: RunArgument,
  title: string,
  fits: (run: RunSummary) => boolean = () => true,
): Promise<RunSummary | undefined> {
  const runs = await store.refresh();
  if (argument !== undefined) return runOf(argument, runs, fits);
  const fitting = runs.filter(fits);
  if (fitting.length === 0) {
    void tellNone(runs);
    return undefined;
  }
  const items = fitting.map((run) => ({
    label: run.state.name,
    description: [headline(run) ?? stateLabel(run.state), ...howMade(run), basename(run.state.dataset.path)].join(
      ' · ',
    ),
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

function runOf(
  argument: RunSummary | string,
  runs: readonly RunSummary[],
  fits: (run: RunSummary) => boolean,
): RunSummary {
  const path = typeof argument === 'string' ? argument : argument.folder.path;
  const run = runs.find(({ folder }) => folder.path === path);
  if (!run) {
    const message = vscode.l10n.t('The run in {0} is gone: its folder was deleted or moved.', path);
    throw new LiftError('run-invalid', message, vscode.l10n.t('Choose another run.'));
  }
  if (!fits(run)) {
    const message = vscode.l10n.t(
      'This is not possible with {0}, which is {1}.',
      run.state.name,
      stateLabel(run.state),
    );
    throw new LiftError('run-invalid', message, vscode.l10n.t('Choose another run.'));
  }
  return run;
}

async function tellNone(runs: readonly RunSummary[]): Promise<void> {
  if (runs.length > 0) {
    const states = [...new Set(runs.map(({ state }) => stateLabel(state)))].join(', ');
    void vscode.window.showInformationMessage(
      vscode.l10n.t('None of the runs can be used for this. Their states: {0}.', states),
    );
    return;
  }
  const fineTune = vscode.l10n.t('Fine-tune with LIFT');
  const text = vscode.l10n.t('There is no run yet. Fine-tune a table first.');
  const answer = await vscode.window.showInformationMessage(text, fineTune);
  if (answer) await vscode.commands.executeCommand('lift.fineTune');
}

/** Runs whose model can be used: those that are done. */
export function hasModel({ state }: RunSummary): boolean {
  return state.state === 'done';
}

export function canResume({ state }: RunSummary): boolean {
  return state.state === 'stopped' || state.state === 'failed';
}
