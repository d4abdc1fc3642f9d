import * as vscode from 'vscode';
import type { BackendChoice } from '../../core/run/backend-choice';
import { pickHfJobs } from './pick-hf-jobs';
import { pickOpenAi } from './pick-openai';
import { pickRay } from './pick-ray';
import type { RemoteKeys } from './remote-keys';

/** Where to fine-tune, and which of its models where that is not the recipe's. */
export interface PickedBackend {
  readonly backend: BackendChoice;
  readonly model?: string;
}

/** Lets the user choose where to fine-tune, and tests the connection; undefined when they have chosen not to. */
export async function pickBackend(keys: RemoteKeys): Promise<PickedBackend | undefined> {
  const title = vscode.l10n.t('Fine-Tune Remotely');
  const items = [
    {
      label: vscode.l10n.t('Ray cluster'),
      detail: vscode.l10n.t('A cluster of your own, through the Jobs API of its dashboard'),
      pick: pickRay,
    },
    {
      label: vscode.l10n.t('OpenAI-compatible API'),
      detail: vscode.l10n.t('A service that fine-tunes a model of its own; the model stays there'),
      pick: pickOpenAi,
    },
    {
      label: vscode.l10n.t('Hugging Face Jobs'),
      detail: vscode.l10n.t('A rented machine of the hub, paid by the minute; the adapter comes home'),
      pick: pickHfJobs,
    },
  ];
  const item = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Where?') });
  return item?.pick(title, keys);
}
