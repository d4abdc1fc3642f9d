import { basename } from 'node:path';
import * as vscode from 'vscode';
import { english } from '../../core/foundation/phrase';
import { inferRecipe } from '../../core/recipe/infer/infer-recipe';
import { writeRecipe } from '../../core/recipe/document/write-recipe';
import { readSpread } from '../../core/table/csv/read-spread';
import { readTable } from '../../core/table/read-table';
import { configuration } from '../configuration';
import { log } from '../log';

/** Enough rows to see what the columns are. */
const inspectedRows = 20_000;
/** Enough of a large table, from places all over it. */
const spreadRows = 2000;

/** The recipe beside a table: `iris.lift.json` for `iris.csv`. */
export function recipeUriOf(csv: vscode.Uri): vscode.Uri {
  return csv.with({ path: csv.path.replace(/\.(csv|tsv)$/iu, '.lift.json') });
}

/**
 * The recipe of a table: the one beside it, or a new one with inferred defaults and the reason for each in the log. The
 * table itself is only read.
 */
export async function ensureRecipe(csv: vscode.Uri): Promise<vscode.Uri> {
  const uri = recipeUriOf(csv);
  if (await exists(uri)) return uri;
  const name = basename(csv.fsPath);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('LIFT reads {0}', name),
    cancellable: true,
  };
  await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    let shown = 0;
    const { signal } = controller;
    const onProgress = (fraction: number): void => {
      progress.report({ increment: 100 * (fraction - shown) });
      shown = fraction;
    };
    const table =
      (await readSpread(csv.fsPath, spreadRows, signal)) ??
      (await readTable(csv.fsPath, { maxRows: inspectedRows, signal, onProgress }));
    const { recipe, reasons } = inferRecipe(table, { model: configuration.defaultModel() });
    for (const { path, reason } of reasons) log.info(`${name}: ${path}: ${english(reason)}`);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(writeRecipe(recipe)));
  });
  return uri;
}

/** Opens a recipe in the prompt editor. */
export async function openRecipe(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, 'lift.recipeEditor');
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
