import * as vscode from 'vscode';
import type { ProgressEvent, RunEvent } from '../../core/run/events';
import { runFolderAt } from '../../core/run/folder/run-folder';
import { isAlive, requestCancel } from '../../core/run/folder/heartbeat';
import { followRunLog } from '../../core/run/folder/run-log';

/**
 * A run under way, followed through its log. The engine that works on it is a process of its own, so closing or
 * reloading the window neither stops nor loses it: the next window follows the same log.
 */
export class RunningRun implements vscode.Disposable {
  private readonly said = new vscode.EventEmitter<RunEvent>();
  readonly onEvent = this.said.event;
  private readonly stopFollowing = new AbortController();
  /** Everything said so far, but only the newest progress: what a view that opens late must show. */
  readonly history: RunEvent[] = [];
  progress: ProgressEvent | undefined;
  /** Of the training, once it has begun. */
  tokensPerSecond: number | undefined;
  /** Settles when the run is over, or when nobody follows it any more. */
  readonly over: Promise<void>;

  constructor(readonly path: string) {
    this.over = this.follow();
  }

  /** Asks the engine to stop, keeping its best checkpoint; it does within a second. */
  async stop(): Promise<void> {
    await requestCancel(runFolderAt(this.path));
  }

  dispose(): void {
    this.stopFollowing.abort();
    this.said.dispose();
  }

  private async follow(): Promise<void> {
    const folder = runFolderAt(this.path);
    const isOver = async (): Promise<boolean> => !(await isAlive(folder));
    try {
      for await (const event of followRunLog(folder, isOver, this.stopFollowing.signal)) {
        if (event.event === 'progress') this.progress = event;
        else this.history.push(event);
        if (event.event === 'progress') this.tokensPerSecond = event.tokensPerSecond ?? this.tokensPerSecond;
        this.said.fire(event);
      }
    } catch (error) {
      if (!this.stopFollowing.signal.aborted) throw error;
    }
  }
}
