import * as vscode from 'vscode';
import type { RunPlan } from '../../core/run/requests';

const columnsShown = 20;

/** Says exactly what would leave this machine, and asks. */
export async function confirmUpload(plan: RunPlan): Promise<boolean> {
  const { destination, service, upload, remains, cost, warnings } = plan;
  if (!upload) return true;
  const send = vscode.l10n.t('Send and Fine-Tune');
  const { rows, columns, bytes, weights } = upload;
  const detail = [
    vscode.l10n.t('Service: {0}', service),
    vscode.l10n.t('Rows: {0}, written as prompts', rows.toLocaleString()),
    vscode.l10n.t('Columns: {0}', columnList(columns)),
    vscode.l10n.t('Size: {0}', sizeText(bytes)),
    weights
      ? vscode.l10n.t('The weights of the model are sent as well.')
      : vscode.l10n.t('The model itself is not sent: it is loaded there.'),
    vscode.l10n.t('No other column and no other file leaves this machine.'),
    ...(remains === undefined ? [] : [vscode.l10n.t('What stays there: {0}.', remains)]),
    ...(cost === undefined ? [] : [vscode.l10n.t('Cost: {0}', cost)]),
    ...warnings.map((warning) => `⚠ ${warning}`),
  ];
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Send this to {0}?', destination),
    { modal: true, detail: detail.join('\n') },
    send,
  );
  return choice === send;
}

function columnList(columns: readonly string[]): string {
  const shown = columns.slice(0, columnsShown).join(', ');
  const more = columns.length - columnsShown;
  return more > 0 ? vscode.l10n.t('{0} and {1} more', shown, more) : shown;
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
