import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import type { RunStore } from '../runs/run-store';
import { chooseRunFor } from './choose-run';
import { PredictionsHost } from './predictions-host';
import type { ModelSource } from './predictions-model';
import { runSource } from './run-source';
import type { RunSource } from './run-source';

const viewType = 'lift.predictions';

/**
 * Tables as an editor shows them on request (Reopen Editor With…): all rows, with the predictions of the latest run beside
 * them, or of the one that the user chose. Read-only: the table is never written to.
 */
class PredictionsEditorProvider implements vscode.CustomReadonlyEditorProvider {
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly store: RunStore,
  ) {}

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    if (uri.scheme !== 'file')
      throw new LiftError('usage', vscode.l10n.t('Predictions are shown beside tables on a disk only.'));
    return {
      uri,
      dispose: () => {
        // Nothing is held: the rows belong to the editors.
      },
    };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
    const table = uri.fsPath;
    let chosen: RunSource | undefined;
    await this.store.refresh();
    const source = (): ModelSource => {
      const latest = this.store.latestFor(table);
      return { table, run: chosen ?? (latest && runSource(latest)), beginsWithAll: true };
    };
    const chooseRun = async (): Promise<void> => {
      chosen = (await chooseRunFor(table, this.store)) ?? chosen;
      host.show(source());
    };
    const host = new PredictionsHost(panel, source(), { extensionUri: this.extensionUri, chooseRun });
    const subscription = this.store.onDidChange(() => {
      const next = source();
      if (next.run?.folder.path !== host.shown.run?.folder.path) host.show(next);
    });
    panel.onDidDispose(() => {
      subscription.dispose();
    });
  }
}

/** `*.csv` and `*.tsv` can be reopened with their predictions. */
export function registerPredictionsEditor(context: vscode.ExtensionContext, store: RunStore): void {
  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider(viewType, new PredictionsEditorProvider(context.extensionUri, store), {
      supportsMultipleEditorsPerDocument: true,
    }),
  );
}
