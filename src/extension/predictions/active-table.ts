import * as vscode from 'vscode';

/** Whether a file on the disk is a table by its name. */
export function isTable({ scheme, path }: vscode.Uri): boolean {
  return scheme === 'file' && /\.(csv|tsv)$/iu.test(path);
}

/** The table in the active editor, be it a text editor or another one. */
export function activeTable(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
  return uri && isTable(uri) ? uri : undefined;
}
