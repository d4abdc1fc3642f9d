import * as vscode from 'vscode';
import { progressText } from './progress-text';
import type { RunningRun } from './running-run';

/** The notification of a run that the user has started: progress, time left, and a cancel button that stops the run. */
export function showProgressNotification(run: RunningRun, name: string): void {
  const options = { location: vscode.ProgressLocation.Notification, title: `LIFT: ${name}`, cancellable: true };
  void vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => void run.stop());
    const subscription = run.onEvent((event) => {
      if (event.event === 'progress') progress.report({ message: progressText(event) });
    });
    await run.over;
    subscription.dispose();
  });
}
