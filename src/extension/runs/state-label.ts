import * as vscode from 'vscode';
import type { RunState } from '../../core/run/folder/run-state';

/** The state of a run in a word. */
export function stateLabel({ state }: Pick<RunState, 'state'>): string {
  switch (state) {
    case 'created':
      return vscode.l10n.t('starting');
    case 'running':
      return vscode.l10n.t('running');
    case 'stopped':
      return vscode.l10n.t('stopped');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'done':
      return vscode.l10n.t('done');
  }
}
