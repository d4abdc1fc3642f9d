import * as v from 'valibot';
import * as vscode from 'vscode';
import { isAlive, requestCancel } from '../../core/run/folder/heartbeat';
import { runFolderAt } from '../../core/run/folder/run-folder';
import { followRunLog } from '../../core/run/folder/run-log';
import type { ProgressEvent } from '../../core/run/events';
import { measureText } from '../../shared/measure-text';
import type { MetricView, TrainingEvents, TrainingRequests, TrainingSnapshot } from '../../shared/training-view';
import { showError } from '../errors';
import { log } from '../log';
import { measuresOf } from '../predictions/measures';
import type { RunStore } from '../runs/run-store';
import { readRunSummary } from '../runs/run-summary';
import type { RunSummary } from '../runs/run-summary';
import { PageConnection } from '../webview/page-connection';
import type { Method } from '../webview/page-connection';
import { pageHtml, pageIcon, pageRoots } from '../webview/page-html';
import { told } from '../told';
import { progressText } from './progress-text';
import { TrainingRecord } from './training-record';

const viewType = 'lift.training';
const pushEveryMs = 150;

/** The live panel of a run: its curve, its epochs, what it is doing. It reads the run's log, live or long over alike. */
class TrainingPanel {
  private record = new TrainingRecord();
  private following = false;
  private readonly gone = new AbortController();
  private readonly connection: PageConnection<TrainingRequests, TrainingEvents>;
  private progress: ProgressEvent | undefined;
  private push: NodeJS.Timeout | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly path: string,
  ) {
    panel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(extensionUri) };
    panel.iconPath = pageIcon(extensionUri);
    const command = (name: string): Method<null, void> => ({
      params: v.null(),
      answer: async () => {
        await vscode.commands.executeCommand(`lift.${name}`, path);
      },
    });
    this.connection = new PageConnection<TrainingRequests, TrainingEvents>(panel.webview, {
      ready: { params: v.null(), answer: () => this.snapshot() },
      stop: { params: v.null(), answer: () => requestCancel(runFolderAt(path)) },
      resume: command('resumeRun'),
      showPredictions: command('showPredictions'),
      showLog: {
        params: v.null(),
        answer: () => {
          log.show();
        },
      },
    });
    panel.webview.html = pageHtml(panel.webview, extensionUri, 'training', panel.title);
    panel.onDidChangeViewState(() => {
      this.pushLater();
    });
    panel.onDidDispose(() => {
      this.dispose();
    });
    void this.follow();
  }

  /** Reads the log from its beginning, and on while someone writes it; does nothing while it is being followed. */
  async follow(): Promise<void> {
    if (this.following) return;
    this.following = true;
    this.record = new TrainingRecord();
    const folder = runFolderAt(this.path);
    const isOver = async (): Promise<boolean> => !(await isAlive(folder));
    try {
      for await (const event of followRunLog(folder, isOver, this.gone.signal)) {
        this.record.add(event);
        if (event.event === 'progress') this.progress = event;
        this.pushLater();
      }
    } catch (error) {
      if (!this.gone.signal.aborted) showError(error);
    }
    this.following = false;
    this.progress = undefined;
    this.pushLater();
  }

  private async snapshot(): Promise<TrainingSnapshot> {
    const { state, testMetrics } = await readRunSummary(this.path);
    if (state.readsOnly) this.panel.title = vscode.l10n.t('Without Training: {0}', state.name);
    const running = state.state === 'running' ? this.progress : undefined;
    return {
      name: state.name,
      path: this.path,
      state: state.state,
      readsOnly: state.readsOnly ?? false,
      doing: running ? progressText(running) : '',
      fraction: running?.fraction ?? 0,
      tokensPerSecond: this.record.tokensPerSecond,
      steps: this.record.steps,
      epochs: this.record.epochs,
      notices: this.record.notices,
      error: state.error && told(state.error),
      metrics: metricsOf(state.task, testMetrics ?? {}),
    };
  }

  /** Messages to a hidden page are dropped and a page has one frame in 16 ms: snapshots, a few a second, are enough. */
  private pushLater(): void {
    this.push ??= setTimeout(() => {
      this.push = undefined;
      if (!this.panel.visible) return;
      this.snapshot().then(
        (snapshot) => {
          this.connection.send('snapshot', snapshot);
        },
        (error: unknown) => {
          log.warn(`The training panel could not read its run: ${String(error)}`);
        },
      );
    }, pushEveryMs);
  }

  private dispose(): void {
    this.gone.abort();
    clearTimeout(this.push);
    this.connection.dispose();
  }
}

function metricsOf(task: RunSummary['state']['task'], values: Readonly<Record<string, number>>): MetricView[] {
  return measuresOf(task).flatMap((measure) => {
    const value = values[measure.key];
    const { label, explanation } = measure;
    return value === undefined ? [] : [{ label, explanation, value: measureText(measure, value) }];
  });
}

const SavedState = v.object({ path: v.string() });

/** The open training panels, one a run; they come back after a reload. */
export class TrainingPanels implements vscode.Disposable {
  private readonly open = new Map<string, TrainingPanel>();
  private readonly subscriptions: { dispose(): unknown }[] = [];

  constructor(
    private readonly extensionUri: vscode.Uri,
    store: RunStore,
  ) {
    this.subscriptions.push(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state) => {
          const saved = v.safeParse(SavedState, state);
          // A window that has ended abruptly could not say which run it showed: it was the newest, most likely.
          const path = saved.success ? saved.output.path : (await store.refresh())[0]?.folder.path;
          if (path === undefined) panel.dispose();
          else this.add(panel, path);
        },
      }),
      store.onDidChange((runs) => {
        for (const { folder, state } of runs) {
          if (state.state === 'running') void this.open.get(folder.path)?.follow();
        }
      }),
    );
  }

  show(path: string, name: string): void {
    const shown = this.open.get(path);
    if (shown) {
      shown.panel.reveal();
      return;
    }
    const title = vscode.l10n.t('Training: {0}', name);
    this.add(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active), path);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private add(panel: vscode.WebviewPanel, path: string): void {
    this.open.set(path, new TrainingPanel(panel, this.extensionUri, path));
    panel.onDidDispose(() => this.open.delete(path));
  }
}
