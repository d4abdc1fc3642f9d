import * as vscode from 'vscode';

/** Shows a 1-based line of a file in its text editor: in the one that is open, else beside. */
export async function showLine(uri: vscode.Uri, line: number): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all);
  const open = tabs.find(({ input }) => input instanceof vscode.TabInputText && input.uri.fsPath === uri.fsPath);
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, {
    viewColumn: open?.group.viewColumn ?? vscode.ViewColumn.Beside,
    selection: new vscode.Range(at, document.lineAt(Math.min(at.line, document.lineCount - 1)).range.end),
  });
}
