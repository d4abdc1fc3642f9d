import * as vscode from 'vscode';
import type { BackendChoice } from '../../core/run/backend-choice';
import { EngineClient } from '../../engine/engine-client';
import type { CallOptions } from '../../engine/engine-client';
import { log } from '../log';
import { progressText } from '../training/progress-text';
import type { StageLabels } from '../training/progress-text';
import type { TrainingService } from '../training/training-service';

export interface EngineWork {
  readonly backend?: BackendChoice | undefined;
  /** What stages are called here, where the usual words would not tell. */
  readonly labels?: StageLabels;
}

/** Runs something in an engine of its own, under a notification with progress and cancel. Throws `cancelled`. */
export async function withEngine<T>(
  training: TrainingService,
  title: string,
  work: (engine: EngineClient, options: CallOptions) => Promise<T>,
  { backend, labels }: EngineWork = {},
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    const engine = await EngineClient.start(await training.engineOptionsFor(backend));
    try {
      return await work(engine, {
        signal: controller.signal,
        onEvent: (event) => {
          if (event.event === 'progress') progress.report({ message: progressText(event, labels) });
          if (event.event === 'notice') log[event.level === 'warning' ? 'warn' : 'info'](`${title}: ${event.message}`);
        },
      });
    } finally {
      await engine.close();
    }
  });
}
