import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';

/**
 * Shows a report in a panel. It is a file of its own without scripts: it is shown as it is.
 * @param isBeside whether it stands beside what is being looked at
 */
export async function showReport(title: string, path: string, isBeside = false): Promise<void> {
  const html = await readFile(path, 'utf8');
  const viewColumn = isBeside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  const panel = vscode.window.createWebviewPanel(
    'lift.report',
    title,
    { viewColumn, preserveFocus: isBeside },
    {
      enableScripts: false,
      enableFindWidget: true,
      localResourceRoots: [],
    },
  );
  panel.webview.html = html;
}
