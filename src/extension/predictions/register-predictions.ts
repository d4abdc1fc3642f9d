import { basename } from 'node:path';
import * as vscode from 'vscode';
import { configuration } from '../configuration';
import { registerCommand } from '../errors';
import { pickRun } from '../pickers/pick-run';
import type { RunArgument } from '../pickers/pick-run';
import type { RunStore } from '../runs/run-store';
import type { RunSummary } from '../runs/run-summary';
import { activeTable } from './active-table';
import { PredictionDecorations } from './decorations';
import { registerPredictionsEditor } from './predictions-editor';
import { PredictionsPanels } from './predictions-panel';
import { runSource } from './run-source';

/** Predictions beside the rows: in a panel, in an editor of tables, and at the line ends of a table's text. */
export function registerPredictions(context: vscode.ExtensionContext, store: RunStore): void {
  const panels = new PredictionsPanels(context.extensionUri, store);
  context.subscriptions.push(panels, new PredictionDecorations(store));
  registerPredictionsEditor(context, store);

  registerCommand(context, 'showPredictions', async (argument: RunArgument | vscode.Uri | PredictedTable) => {
    if (isPredictedTable(argument)) {
      const { run, table, predictions } = argument;
      const summary = await pickRun(store, run, '');
      if (summary) panels.show({ ...runSource(summary), table, predictions });
      return;
    }
    const run = await runToShow(store, argument);
    if (run) panels.show(runSource(run));
  });

  registerCommand(context, 'showPredictionOfLine', async (path?: string | vscode.Uri, line?: number) => {
    const editor = vscode.window.activeTextEditor;
    const table = typeof path === 'string' ? path : (path ?? activeTable())?.fsPath;
    if (table === undefined) return;
    const run = await latestOf(store, table);
    if (run) panels.show(runSource(run), line ?? (editor ? editor.selection.active.line + 1 : 1));
  });

  registerCommand(context, 'togglePredictionDecorations', async () => {
    const settings = vscode.workspace.getConfiguration('lift');
    const inWorkspace = settings.inspect('predictions.decorations')?.workspaceValue !== undefined;
    await settings.update('predictions.decorations', !configuration.showDecorations(), !inWorkspace);
  });
}

/** Another table that was predicted with a run: what Show Predictions may be called with by other commands. */
interface PredictedTable {
  readonly run: string;
  readonly table: string;
  readonly predictions: string;
}

function isPredictedTable(argument: unknown): argument is PredictedTable {
  return typeof argument === 'object' && argument !== null && 'predictions' in argument && 'table' in argument;
}

/** The run that is meant: the one it was called on, the latest of a table, or the one that the user picks. */
async function runToShow(store: RunStore, argument: RunArgument | vscode.Uri): Promise<RunSummary | undefined> {
  if (argument instanceof vscode.Uri) return latestOf(store, argument.fsPath);
  if (argument === undefined) {
    const table = activeTable();
    await store.refresh();
    const latest = table && store.latestFor(table.fsPath);
    if (latest) return latest;
  }
  const hasPredictions = ({ testMetrics }: RunSummary): boolean => testMetrics !== undefined;
  return pickRun(store, argument, vscode.l10n.t('Show Predictions'), hasPredictions);
}

/** The latest run of a table; when there is none, the user is offered to begin one. */
async function latestOf(store: RunStore, table: string): Promise<RunSummary | undefined> {
  await store.refresh();
  const latest = store.latestFor(table);
  if (latest) return latest;
  const fineTune = vscode.l10n.t('Fine-tune with LIFT');
  const text = vscode.l10n.t('There are no predictions for {0} yet.', basename(table));
  const answer = await vscode.window.showInformationMessage(text, fineTune);
  if (answer === fineTune) await vscode.commands.executeCommand('lift.fineTune', vscode.Uri.file(table));
  return undefined;
}
