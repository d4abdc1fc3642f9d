import { basename } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { RunStore } from '../runs/run-store';
import { readRunSummary } from '../runs/run-summary';
import { chooseRunFor } from './choose-run';
import { PredictionsHost } from './predictions-host';
import { runSource } from './run-source';
import type { RunSource } from './run-source';

const viewType = 'lift.predictionsPanel';

/** What the page keeps of itself over a reload, as far as the host needs it. */
const SavedState = v.object({ run: v.string(), table: v.string(), predictions: v.string() });

/** The panels with the predictions of a run, one for each file of predictions; they come back after a reload. */
export class PredictionsPanels implements vscode.Disposable {
  private readonly open = new Map<string, { readonly panel: vscode.WebviewPanel; readonly host: PredictionsHost }>();
  private readonly serializer: vscode.Disposable;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly store: RunStore,
  ) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state) => {
        const saved = v.safeParse(SavedState, state);
        const run = saved.success ? await readRunSummary(saved.output.run).catch(() => undefined) : undefined;
        if (saved.success && run) this.add(panel, { ...runSource(run), ...saved.output });
        else panel.dispose();
      },
    });
  }

  /** Shows a run's predictions, and goes to the row on a 1-based line of the table when one is named. */
  show(run: RunSource, line?: number): void {
    const shown = this.open.get(run.predictions);
    if (shown) shown.panel.reveal();
    const { host } = shown ?? this.create(run);
    if (line !== undefined) void host.revealLine(line);
  }

  dispose(): void {
    this.serializer.dispose();
  }

  private create(run: RunSource): { readonly host: PredictionsHost } {
    return this.add(vscode.window.createWebviewPanel(viewType, titleOf(run), vscode.ViewColumn.Active), run);
  }

  private add(panel: vscode.WebviewPanel, run: RunSource): { readonly host: PredictionsHost } {
    const chooseRun = async (): Promise<void> => {
      const other = await chooseRunFor(run.table, this.store);
      if (other) this.show(other);
    };
    const { extensionUri } = this;
    const source = { table: run.table, run, beginsWithAll: false };
    const entry = { panel, host: new PredictionsHost(panel, source, { extensionUri, chooseRun }) };
    this.open.set(run.predictions, entry);
    panel.onDidDispose(() => this.open.delete(run.predictions));
    return entry;
  }
}

function titleOf({ table, state }: RunSource): string {
  return vscode.l10n.t('Predictions: {0}', state.name || basename(table));
}
