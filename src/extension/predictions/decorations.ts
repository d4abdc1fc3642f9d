import * as vscode from 'vscode';
import type { Verdict } from '../../shared/predictions-view';
import { configuration } from '../configuration';
import { log } from '../log';
import type { RunStore } from '../runs/run-store';
import { activeTable, isTable } from './active-table';
import { lineHover } from './line-hover';
import { lineText } from './line-texts';
import { PredictionCache } from './prediction-cache';
import type { FittingPredictions } from './prediction-cache';
import { lowerBound } from './prediction-set';
import type { PredictionSet } from './prediction-set';
import { runSource } from './run-source';

const settleMs = 60;
const margin = '0 0 0 3em';

/**
 * The predictions of the latest run at the line ends of a table's own text editor, for the lines that can be seen. They are
 * off, and say why, while the table is not the one that the run has read.
 */
export class PredictionDecorations implements vscode.Disposable {
  private readonly types: Record<Verdict | 'note', vscode.TextEditorDecorationType>;
  private readonly cache = new PredictionCache();
  private readonly subscriptions: vscode.Disposable[];
  private settle: NodeJS.Timeout | undefined;
  private lastNote = '';

  constructor(private readonly store: RunStore) {
    const type = (color: string): vscode.TextEditorDecorationType =>
      vscode.window.createTextEditorDecorationType({
        after: { margin, color: new vscode.ThemeColor(color) },
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      });
    this.types = {
      // Quiet where all is well; the mark says it, and what is wrong stands out.
      right: type('editorCodeLens.foreground'),
      wrong: type('charts.red'),
      unknown: type('editorCodeLens.foreground'),
      note: type('editorCodeLens.foreground'),
    };
    const later = (): void => {
      this.updateLater();
    };
    this.subscriptions = [
      ...Object.values(this.types),
      store.onDidChange(later),
      vscode.window.onDidChangeActiveTextEditor(later),
      vscode.window.onDidChangeVisibleTextEditors(later),
      vscode.window.onDidChangeTextEditorVisibleRanges(later),
      vscode.window.tabGroups.onDidChangeTabs(later),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isTable(document.uri)) later();
      }),
      vscode.workspace.onDidSaveTextDocument(later),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('lift.predictions.decorations')) later();
      }),
    ];
    later();
  }

  dispose(): void {
    clearTimeout(this.settle);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private updateLater(): void {
    this.settle ??= setTimeout(() => {
      this.settle = undefined;
      const active = activeTable();
      const has = active !== undefined && this.store.latestFor(active.fsPath) !== undefined;
      void vscode.commands.executeCommand('setContext', 'lift.hasPredictions', has);
      for (const editor of vscode.window.visibleTextEditors) {
        if (isTable(editor.document.uri)) void this.decorate(editor);
      }
    }, settleMs);
  }

  private async decorate(editor: vscode.TextEditor): Promise<void> {
    const run = configuration.showDecorations() ? this.store.latestFor(editor.document.uri.fsPath) : undefined;
    if (!run) {
      this.clear(editor);
      return;
    }
    let predictions: FittingPredictions;
    try {
      predictions = await this.cache.read(runSource(run));
    } catch (error) {
      log.warn(`No predictions at the line ends of ${editor.document.fileName}: ${(error as Error).message}`);
      this.clear(editor);
      return;
    }
    const { set, changed } = predictions;
    const reason = editor.document.isDirty ? vscode.l10n.t('The table has changes that are not saved.') : changed;
    if (reason === undefined) this.show(editor, set);
    else this.showNote(editor, reason);
  }

  private show(editor: vscode.TextEditor, set: PredictionSet): void {
    const shown: Record<Verdict, vscode.DecorationOptions[]> = { right: [], wrong: [], unknown: [] };
    const { lines } = set.columns;
    for (const { start, end } of editor.visibleRanges) {
      const last = Math.min(end.line, editor.document.lineCount - 1) + 1;
      for (let place = lowerBound(lines, start.line + 1); place < lines.length && lines[place]! <= last; place++) {
        const line = lines[place]! - 1;
        shown[set.verdict(place)].push({
          range: endOf(editor.document, line),
          hoverMessage: lineHover(set, place, editor.document.uri, line + 1),
          renderOptions: { after: { contentText: lineText(set, place) } },
        });
      }
    }
    for (const verdict of ['right', 'wrong', 'unknown'] as const) {
      editor.setDecorations(this.types[verdict], shown[verdict]);
    }
    editor.setDecorations(this.types.note, []);
  }

  /** One line says why there are none. */
  private showNote(editor: vscode.TextEditor, reason: string): void {
    this.clear(editor);
    const range = endOf(editor.document, editor.visibleRanges[0]?.start.line ?? 0);
    const text = vscode.l10n.t('LIFT hides its predictions. {0}', reason);
    editor.setDecorations(this.types.note, [
      { range, hoverMessage: text, renderOptions: { after: { contentText: text } } },
    ]);
    const note = `${editor.document.fileName}: ${reason}`;
    if (note !== this.lastNote) log.info(`No predictions at the line ends of ${note}`);
    this.lastNote = note;
  }

  private clear(editor: vscode.TextEditor): void {
    for (const type of Object.values(this.types)) editor.setDecorations(type, []);
  }
}

function endOf(document: vscode.TextDocument, line: number): vscode.Range {
  const { end } = document.lineAt(Math.min(line, document.lineCount - 1)).range;
  return new vscode.Range(end, end);
}
