import { basename } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { PredictionsEvents, PredictionsRequests, PredictionsViewState } from '../../shared/predictions-view';
import { PageConnection } from '../webview/page-connection';
import { pageHtml, pageIcon, pageRoots } from '../webview/page-html';
import { askForExport } from './ask-for-export';
import { copyRow } from './copy-row';
import { PredictionsModel } from './predictions-model';
import type { ModelSource } from './predictions-model';
import { Query, Range, Row } from './request-schemas';
import { showLine } from './show-line';

const pushEveryMs = 200;

export interface HostOptions {
  readonly extensionUri: vscode.Uri;
  /** Lets the user choose another run for the table. */
  readonly chooseRun: () => Promise<void>;
}

/**
 * The host's side of a page with predictions, in a panel or an editor alike: opens the model of rows, opens it again when
 * the table or the predictions change on the disk, and answers the page.
 */
export class PredictionsHost implements vscode.Disposable {
  private model: Promise<PredictionsModel>;
  private readonly connection: PageConnection<PredictionsRequests, PredictionsEvents>;
  private watchers: vscode.Disposable[] = [];
  private push: NodeJS.Timeout | undefined;
  private ready = false;
  /** A row to go to once the page is there. */
  private awaited: number | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private source: ModelSource,
    { extensionUri, chooseRun }: HostOptions,
  ) {
    panel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(extensionUri) };
    panel.iconPath = pageIcon(extensionUri);
    this.model = this.open();
    this.connection = new PageConnection<PredictionsRequests, PredictionsEvents>(panel.webview, {
      ready: { params: v.null(), answer: () => this.begin() },
      query: { params: Query, answer: async (query, signal) => (await this.model).query(query, signal) },
      rows: { params: Range, answer: async (range, signal) => (await this.model).range(range, signal) },
      inspect: { params: Row, answer: async ({ row }, signal) => (await this.model).inspect(row, signal) },
      place: {
        params: v.object({ view: v.number(), row: v.number() }),
        answer: async ({ view, row }) => (await this.model).placeOf(view, row),
      },
      showLine: { params: v.object({ line: v.number() }), answer: ({ line }) => showLine(this.uri, line) },
      copyRow: { params: Row, answer: async ({ row }) => copyRow(await this.model, row) },
      exportRows: {
        params: v.object({ view: v.number() }),
        answer: async () => askForExport(await this.model, this.uri),
      },
      fineTune: {
        params: v.null(),
        answer: async () => {
          await vscode.commands.executeCommand('lift.fineTune', this.uri);
        },
      },
      chooseRun: { params: v.null(), answer: chooseRun },
    });
    panel.onDidDispose(() => {
      this.dispose();
    });
    panel.onDidChangeViewState(() => {
      // A hidden page is gone; it asks again when it comes back.
      if (!panel.visible) this.ready = false;
    });
    panel.webview.html = pageHtml(panel.webview, extensionUri, 'predictions', panel.title);
  }

  get shown(): ModelSource {
    return this.source;
  }

  /** Shows the predictions of another run, or of the same one read anew. */
  show(source: ModelSource): void {
    this.source = source;
    const before = this.model;
    this.model = this.open();
    void before.then((model) => {
      model.dispose();
    });
    this.pushLater();
  }

  /** Goes to the row that stands on a 1-based line of the table. */
  async revealLine(line: number): Promise<void> {
    const { reader, selection } = (await this.model).rows;
    const row = reader ? await reader.rowOfLine(line) : selection.set?.columns.rows[selection.set.placeOfLine(line)];
    if (row === undefined) return;
    if (this.ready) this.connection.send('reveal', { row });
    else this.awaited = row;
  }

  dispose(): void {
    clearTimeout(this.push);
    this.connection.dispose();
    for (const watcher of this.watchers) watcher.dispose();
    void this.model.then((model) => {
      model.dispose();
    });
  }

  private get uri(): vscode.Uri {
    return vscode.Uri.file(this.source.table);
  }

  private async begin(): Promise<PredictionsViewState> {
    let asked: Promise<PredictionsModel>;
    let model: PredictionsModel;
    do {
      asked = this.model;
      model = await asked;
      // Until the page is ready nobody tells it that the files were opened anew meanwhile.
    } while (asked !== this.model);
    const state = model.state();
    this.ready = true;
    const { awaited } = this;
    this.awaited = undefined;
    // After the answer, which the page takes first.
    if (awaited !== undefined) {
      setTimeout(() => {
        this.connection.send('reveal', { row: awaited });
      });
    }
    return state;
  }

  private open(): Promise<PredictionsModel> {
    this.watch();
    return PredictionsModel.open(this.source, () => {
      this.pushLater();
    });
  }

  private watch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    const { table, run } = this.source;
    const files = run ? [table, run.predictions] : [table];
    this.watchers = files.map((file) => {
      const folder = vscode.Uri.joinPath(vscode.Uri.file(file), '..');
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, basename(file)));
      const again = (): void => {
        this.show(this.source);
      };
      watcher.onDidChange(again);
      watcher.onDidCreate(again);
      watcher.onDidDelete(again);
      return watcher;
    });
  }

  /** Messages to a hidden page are dropped; a few snapshots a second are enough for one that is seen. */
  private pushLater(): void {
    this.push ??= setTimeout(() => {
      this.push = undefined;
      if (!this.panel.visible || !this.ready) return;
      void this.model.then((model) => {
        this.connection.send('state', model.state());
      });
    }, pushEveryMs);
  }
}
