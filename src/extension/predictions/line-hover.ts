import * as vscode from 'vscode';
import { likelyClasses, lineFacts } from './line-texts';
import type { PredictionSet } from './prediction-set';

const command = 'lift.showPredictionOfLine';

/** What a hover over a row's line tells: the facts, the likely classes, and a way to the whole story. */
export function lineHover(set: PredictionSet, place: number, table: vscode.Uri, line: number): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: [command] };
  for (const [name, value] of lineFacts(set, place)) {
    text.appendMarkdown(`**${name}** `).appendText(value).appendMarkdown('  \n');
  }
  const classes = likelyClasses(set, place);
  if (classes.length > 0) text.appendMarkdown('\n');
  for (const [label, probability] of classes) {
    text
      .appendMarkdown('- ')
      .appendText(`${label}: ${(100 * probability).toFixed(1)} %`)
      .appendMarkdown('\n');
  }
  const target = encodeURIComponent(JSON.stringify([table.fsPath, line]));
  const why = vscode.l10n.t('Why this prediction');
  return text.appendMarkdown(`\n[${why}](command:${command}?${target})`);
}
