import * as vscode from 'vscode';
import { ensureRecipe } from '../recipe/open-recipe';
import { pickCsv } from './pick-csv';

const recipePattern = '**/*.lift.json';
const excluded = '**/{node_modules,.lift}/**';

/**
 * The recipe that a command is about: the one it was called on (or that of the table it was called on), else the one in
 * the active editor, else the one the user picks, or that of a table that the user picks.
 */
export async function pickRecipe(argument: vscode.Uri | undefined, title: string): Promise<vscode.Uri | undefined> {
  const uri = argument instanceof vscode.Uri ? argument : activeUri();
  if (uri && isRecipe(uri)) return uri;
  if (uri && isTable(uri)) return ensureRecipe(uri);

  const recipes = await vscode.workspace.findFiles(recipePattern, excluded);
  if (recipes.length > 0) {
    const another = { label: vscode.l10n.t('Another table…'), recipe: undefined };
    const items = recipes
      .map((recipe) => ({ label: vscode.workspace.asRelativePath(recipe), recipe }))
      .sort((a, b) => a.label.localeCompare(b.label));
    const placeHolder = vscode.l10n.t('Choose a recipe');
    const choice = await vscode.window.showQuickPick([...items, another], { title, placeHolder });
    if (choice !== another) return choice?.recipe;
  }
  const csv = await pickCsv(undefined, title);
  return csv && ensureRecipe(csv);
}

function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

function isRecipe({ path }: vscode.Uri): boolean {
  return path.endsWith('.lift.json');
}

function isTable({ path }: vscode.Uri): boolean {
  return /\.(csv|tsv)$/iu.test(path);
}
