import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import { readCondition } from '../../core/generation/conditions';
import { readFitted } from '../../core/run/folder/fitted-file';
import { readRunRecipe } from '../../core/run/folder/open-run';
import { includedColumns } from '../../core/run/task/split-rows';
import type { RunSummary } from '../runs/run-summary';
import { told } from '../told';

const offeredRows = 100;
const namesShown = 12;

/** How many rows are to be made; undefined when the user goes away. */
export async function askForCount(title: string): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('How many rows?'),
    value: String(offeredRows),
    validateInput: (typed) =>
      /^[1-9]\d{0,6}$/u.test(typed.trim()) ? undefined : vscode.l10n.t('A whole number from 1 to {0}', '9999999'),
  });
  return text === undefined ? undefined : Number(text);
}

/** `column=value` texts, none for rows of any kind; undefined when the user goes away. */
export async function askForConditions(title: string, run: RunSummary): Promise<string[] | undefined> {
  const recipe = await readRunRecipe(run.folder);
  const { prompt, target } = await readFitted(run.folder);
  const names = [recipe.target.column, ...includedColumns(recipe)];
  const example = `${recipe.target.column}=${prompt.classes[0] ?? Number(target.mean.toPrecision(3))}`;
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'Only rows with certain values? Write column=value, several with a semicolon between them. Columns: {0}',
      names.length > namesShown ? `${names.slice(0, namesShown).join(', ')}, …` : names.join(', '),
    ),
    placeHolder: vscode.l10n.t('Such as {0}; leave it empty for rows of any kind', example),
    ignoreFocusOut: true,
    validateInput: (text) => whyNoConditions(text, names),
  });
  return typed === undefined ? undefined : conditionsIn(typed);
}

function conditionsIn(text: string): string[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function whyNoConditions(text: string, names: readonly string[]): string | undefined {
  try {
    for (const condition of conditionsIn(text)) readCondition(condition, names);
    return undefined;
  } catch (error) {
    const { message, hint } = told(LiftError.from(error));
    return `${message} ${hint}`;
  }
}
