import { dirname, join } from 'node:path';
import * as vscode from 'vscode';

/** Where the runs of a table are kept: in its workspace folder, or beside the table when it is in none. */
export function runsFolderOf(csv: vscode.Uri): string {
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(csv);
  return join(workspaceFolder?.uri.fsPath ?? dirname(csv.fsPath), '.lift', 'runs');
}

/** The run folders' parents of this window. */
export function runsFolders(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => join(uri.fsPath, '.lift', 'runs'));
}
