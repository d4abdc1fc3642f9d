import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { log } from '../log';
import { readRunSummary } from './run-summary';
import type { RunSummary } from './run-summary';
import { runsFolders } from './runs-folder';

const debounceMs = 250;

/** The runs of this window, newest first, read from their folders and read again when these change. */
export class RunStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<readonly RunSummary[]>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private runs: readonly RunSummary[] = [];
  private debounce: NodeJS.Timeout | undefined;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/.lift/runs/*/{run,metrics,engine}.json');
    const later = (): void => {
      this.refreshLater();
    };
    this.subscriptions = [
      this.changed,
      watcher,
      watcher.onDidCreate(later),
      watcher.onDidChange(later),
      watcher.onDidDelete(later),
      vscode.workspace.onDidChangeWorkspaceFolders(later),
    ];
  }

  all(): readonly RunSummary[] {
    return this.runs;
  }

  at(path: string): RunSummary | undefined {
    return this.runs.find(({ folder }) => folder.path === path);
  }

  /** The newest run with predictions for a table. */
  latestFor(csvPath: string): RunSummary | undefined {
    return this.runs.find(({ state, testMetrics }) => testMetrics !== undefined && state.dataset.path === csvPath);
  }

  refreshLater(): void {
    clearTimeout(this.debounce);
    this.debounce = setTimeout(() => void this.refresh(), debounceMs);
  }

  /** Reads all run folders again. What is no run folder is passed over: the user may keep other things there. */
  async refresh(): Promise<readonly RunSummary[]> {
    const paths = await Promise.all(runsFolders().map(foldersIn));
    const found = await Promise.all(paths.flat().map(readOrSkip));
    this.runs = found
      .filter((run) => run !== undefined)
      .sort((a, b) => b.state.createdAt.localeCompare(a.state.createdAt));
    this.changed.fire(this.runs);
    return this.runs;
  }

  dispose(): void {
    clearTimeout(this.debounce);
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

async function foldersIn(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(parent, entry.name));
}

async function readOrSkip(path: string): Promise<RunSummary | undefined> {
  try {
    return await readRunSummary(path);
  } catch (error) {
    log.debug(`${path}: ${(error as Error).message}`);
    return undefined;
  }
}
