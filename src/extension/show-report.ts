import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';

/** Shows a report in a panel. It is a file of its own without scripts: it is shown as it is. */
export async function showReport(title: string, path: string): Promise<void> {
  const panel = vscode.window.createWebviewPanel('lift.report', title, vscode.ViewColumn.Active, {
    enableScripts: false,
    localResourceRoots: [],
  });
  panel.webview.html = await readFile(path, 'utf8');
}
