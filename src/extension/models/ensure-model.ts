import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import type { DownloadPlan } from '../../core/model/hub/download-model';
import { isDownloadNeeded, resolveModel } from '../../core/model/resolve-model';
import { configuration } from '../configuration';
import { log } from '../log';

/**
 * Sees to it that a model is on this computer. What is missing is downloaded, under a notification with progress and
 * cancel, after the user has agreed to its size. Throws `cancelled` when the user does not, and as `resolveModel` does.
 * @param baseFolder what a relative folder is relative to: the recipe's
 */
export async function ensureModel(id: string, baseFolder = '.'): Promise<void> {
  const environment = { ...process.env, ...configuration.modelEnvironment() };
  if (!(await isDownloadNeeded(id, { environment, baseFolder }))) return;
  const title = vscode.l10n.t('LIFT: downloading {0}', id);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    let shown = 0;
    await resolveModel(id, {
      environment,
      signal: controller.signal,
      onPlan: askForConsent,
      onProgress: ({ bytes, totalBytes }) => {
        const percent = (100 * bytes) / totalBytes;
        progress.report({ increment: percent - shown, message: `${megabytes(bytes)} / ${megabytes(totalBytes)}` });
        shown = percent;
      },
    });
  });
  log.info(`The model ${id} is downloaded.`);
}

/** Only now is the size known; nothing but the description of the model has been fetched. */
async function askForConsent({ id, folder, missingBytes }: DownloadPlan): Promise<void> {
  const download = vscode.l10n.t('Download');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('Download {0}, {1}?', id, megabytes(missingBytes)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'It is fetched once and kept in {0}, where other Hugging Face tools find it too. Nothing of yours is sent.',
        folder,
      ),
    },
    download,
  );
  if (choice !== download) throw new LiftError('cancelled', 'The model is not downloaded.');
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString()} MB`;
}
