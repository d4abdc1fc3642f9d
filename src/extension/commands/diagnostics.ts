import { arch, availableParallelism, platform, totalmem } from 'node:os';
import * as vscode from 'vscode';
import { registerCommand } from '../errors';
import { log } from '../log';
import type { RunStore } from '../runs/run-store';

/** Show Log, and Collect Diagnostics: what a report of a defect needs, without names of columns, values or keys. */
export function registerDiagnostics(context: vscode.ExtensionContext, store: RunStore): void {
  registerCommand(context, 'showLog', () => {
    log.show();
  });
  registerCommand(context, 'collectDiagnostics', async () => {
    const runs = await store.refresh();
    const report = {
      lift: (context.extension.packageJSON as { version: string }).version,
      vscode: `${vscode.env.appName} ${vscode.version}`,
      remote: vscode.env.remoteName ?? 'none',
      node: process.version,
      system: `${platform()} ${arch()}, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
      trusted: vscode.workspace.isTrusted,
      settings: vscode.workspace.getConfiguration('lift'),
      runs: runs.slice(0, 20).map(({ state }) => ({
        state: state.state,
        task: state.task,
        model: state.model.id,
        timing: state.timing,
        error: state.error?.code,
      })),
    };
    const document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: JSON.stringify(report, undefined, 2),
    });
    await vscode.window.showTextDocument(document);
  });
}
