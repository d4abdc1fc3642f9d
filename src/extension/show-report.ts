import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Shows a report in a panel. It is a file of its own without scripts: it is shown as it is. */
export async function showReport(title: string, path: string, column = vscode.ViewColumn.Active): Promise<void> {
  const html = await readFile(path, 'utf8');
  const panel = vscode.window.createWebviewPanel('lift.report', title, column, {
    enableScripts: false,
    enableFindWidget: true,
    localResourceRoots: [],
  });
  panel.webview.html = html;
}
