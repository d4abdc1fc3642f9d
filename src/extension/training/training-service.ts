import { join } from 'node:path';
import * as vscode from 'vscode';
import { readRunRecipe } from '../../core/run/folder/open-run';
import type { BackendChoice } from '../../core/run/backend-choice';
import type { FineTuneRequest } from '../../core/run/requests';
import { startDetachedRun } from '../../engine/detached-run';
import type { EngineOptions } from '../../engine/engine-process';
import { configuration } from '../configuration';
import { log } from '../log';
import type { RemoteKeys } from '../remote/remote-keys';
import type { RunStore } from '../runs/run-store';
import { headline } from '../runs/run-summary';
import type { RunSummary } from '../runs/run-summary';
import { told } from '../told';
import type { MachineSpeed } from './machine-speed';
import { showProgressNotification } from './progress-notification';
import { RunningRun } from './running-run';
import { showStatusItem } from './status-item';

/**
 * Starts runs and follows all that are under way, also those that an earlier window has started: training goes on in a
 * process of its own, whatever happens to this one.
 */
export class TrainingService implements vscode.Disposable {
  private readonly running = new Map<string, { dispose(): unknown }>();
  private readonly finished = new vscode.EventEmitter<RunSummary>();
  readonly onDidFinish = this.finished.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly extensionPath: string,
    private readonly store: RunStore,
    private readonly keys: RemoteKeys,
    private readonly speed: MachineSpeed,
  ) {
    this.subscription = store.onDidChange((runs) => {
      for (const { folder, state } of runs) if (state.state === 'running') this.follow(folder.path, state.name);
    });
  }

  /** Starts a run and gives its folder. What is wrong with the table, the recipe or the model is thrown from here. */
  async start(request: FineTuneRequest, name: string): Promise<string> {
    const options = { location: vscode.ProgressLocation.Notification, title: `LIFT: ${name}`, cancellable: true };
    const engineOptions = await this.engineOptionsFor(request.backend);
    const path = await vscode.window.withProgress(options, (progress, token) => {
      progress.report({ message: vscode.l10n.t('Starting the engine…') });
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      return startDetachedRun(engineOptions, request, { signal: controller.signal });
    });
    log.info(`Run ${path} has started.`);
    await this.store.refresh();
    const run = this.follow(path, name);
    if (run) showProgressNotification(run, name);
    return path;
  }

  /** How the engine process is started: the bundle beside this one, with the user's settings. */
  engineOptions(): EngineOptions {
    return {
      enginePath: join(this.extensionPath, 'dist', 'engine.js'),
      threads: configuration.threads(),
      lowPriority: configuration.lowPriority(),
      environment: configuration.modelEnvironment(),
    };
  }

  /** The same for an engine that works with a back end elsewhere: it gets the key. */
  async engineOptionsFor(backend: BackendChoice | undefined): Promise<EngineOptions> {
    const { environment, ...engine } = this.engineOptions();
    return { ...engine, environment: { ...environment, ...(await this.keys.environmentFor(backend)) } };
  }

  dispose(): void {
    this.subscription.dispose();
    for (const disposable of this.running.values()) disposable.dispose();
    this.finished.dispose();
  }

  private follow(path: string, name: string): RunningRun | undefined {
    if (this.running.has(path)) return undefined;
    const run = new RunningRun(path);
    const status = showStatusItem(run, name);
    this.running.set(path, {
      dispose: () => {
        status.dispose();
        run.dispose();
      },
    });
    void run.over.then(() => this.over(path, run.tokensPerSecond));
    return run;
  }

  private async over(path: string, tokensPerSecond: number | undefined): Promise<void> {
    this.running.get(path)?.dispose();
    this.running.delete(path);
    await this.store.refresh();
    const run = this.store.at(path);
    if (!run) return;
    if (run.state.state === 'done') this.finished.fire(run);
    if (tokensPerSecond !== undefined && (run.state.backend?.kind ?? 'local') === 'local')
      await this.speed.remember(await readRunRecipe(run.folder), tokensPerSecond);
    await tellHowItEnded(run);
  }
}

function doneText(run: RunSummary): string {
  const { name, task } = run.state;
  const measured = headline(run);
  if (measured === undefined) return vscode.l10n.t('{0} is done.', name);
  return task === 'classification'
    ? vscode.l10n.t('{0} is done: {1} of the test rows are right.', name, measured)
    : vscode.l10n.t('{0} is done: {1} on the test rows.', name, measured);
}

/** One notification with what can be done next. */
async function tellHowItEnded(run: RunSummary): Promise<void> {
  const { state, folder } = run;
  const showPredictions = vscode.l10n.t('Show Predictions');
  const resume = vscode.l10n.t('Resume');
  const showLog = vscode.l10n.t('Show Log');
  if (state.state === 'done') {
    const choice = await vscode.window.showInformationMessage(doneText(run), showPredictions);
    if (choice) await vscode.commands.executeCommand('lift.showPredictions', folder.path);
    return;
  }
  if (state.state === 'stopped') {
    const text = vscode.l10n.t('{0} was stopped; the best state is kept.', state.name);
    const choice = await vscode.window.showInformationMessage(text, resume);
    if (choice) await vscode.commands.executeCommand('lift.resumeRun', folder.path);
    return;
  }
  const { message = '', hint = '' } = state.error ? told(state.error) : {};
  const choice = await vscode.window.showErrorMessage(`${state.name}: ${message} ${hint}`.trim(), resume, showLog);
  if (choice === resume) await vscode.commands.executeCommand('lift.resumeRun', folder.path);
  if (choice === showLog) log.show();
}
