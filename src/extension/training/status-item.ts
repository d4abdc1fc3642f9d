import * as vscode from 'vscode';
import { progressText } from './progress-text';
import type { RunningRun } from './running-run';

/** The status bar item of a run under way: progress and time left; a click shows the training panel. */
export function showStatusItem(run: RunningRun, name: string): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(`lift.run`, vscode.StatusBarAlignment.Left);
  item.name = 'LIFT';
  item.text = `$(sync~spin) LIFT: ${name}`;
  item.tooltip = vscode.l10n.t('Show Training');
  item.command = { command: 'lift.showTraining', title: vscode.l10n.t('Show Training'), arguments: [run.path] };
  item.show();
  const subscription = run.onEvent((event) => {
    if (event.event === 'progress') item.text = `$(sync~spin) LIFT: ${progressText(event)}`;
  });
  return vscode.Disposable.from(item, subscription);
}
