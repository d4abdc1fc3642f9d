import * as vscode from 'vscode';

const csvPattern = '**/*.{csv,tsv,CSV,TSV}';
const excluded = '**/{node_modules,.lift}/**';
const shownFiles = 2000;

/**
 * The CSV that a command is about: the one it was called on, else the one in the active editor, else the one that the
 * user picks. Undefined when the user picks none.
 */
export async function pickCsv(uri: vscode.Uri | undefined, title: string): Promise<vscode.Uri | undefined> {
  if (uri instanceof vscode.Uri) return uri;
  const active = activeCsv();
  if (active) return active;

  const found = await vscode.workspace.findFiles(csvPattern, excluded, shownFiles);
  const browse = { label: vscode.l10n.t('Browse…'), description: '', uri: undefined };
  const files = found
    .map((file) => ({ label: vscode.workspace.asRelativePath(file), description: '', uri: file }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const choice = await vscode.window.showQuickPick([...files, browse], {
    title,
    placeHolder: vscode.l10n.t('Choose a table'),
  });
  if (choice !== browse) return choice?.uri;
  const opened = await vscode.window.showOpenDialog({ title, filters: { [vscode.l10n.t('Tables')]: ['csv', 'tsv'] } });
  return opened?.[0];
}

function activeCsv(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
  return uri && /\.(csv|tsv)$/i.test(uri.path) ? uri : undefined;
}
