import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import type { GenerateRequest, GenerateResult } from '../../core/generation/requests';
import { requireOwnModel } from '../../core/generation/source-rows';
import { registerCommand } from '../errors';
import { hasModel, pickRun } from '../pickers/pick-run';
import type { RunArgument } from '../pickers/pick-run';
import type { RunStore } from '../runs/run-store';
import { showReport } from '../show-report';
import { wording } from '../told';
import type { TrainingService } from '../training/training-service';
import { askForConditions, askForCount } from './ask-for-rows';
import { requireTable } from './require-table';
import { requireTrust } from './require-trust';
import { withEngine } from './with-engine';

/** Rows like those that a run was trained on, in a file of their own, and beside it how like they are. */
export function registerGenerateRows(
  context: vscode.ExtensionContext,
  store: RunStore,
  training: TrainingService,
): void {
  registerCommand(context, 'generateRows', async (argument: RunArgument) => {
    requireTrust();
    const title = vscode.l10n.t('Generate Rows');
    const run = await pickRun(store, argument, title, hasModel);
    if (!run) return;
    requireOwnModel(run.state);
    const { name, dataset } = run.state;
    await requireTable(
      dataset.path,
      vscode.l10n.t('Rows are made after its rows: put it back there, or fine-tune on the table where it is now.'),
    );
    const rows = await askForCount(title);
    if (rows === undefined) return;
    const where = await askForConditions(title, run);
    if (where === undefined) return;
    const target = await vscode.window.showSaveDialog({
      title,
      defaultUri: vscode.Uri.file(join(dirname(dataset.path), `${name}-made.csv`)),
      filters: { [vscode.l10n.t('Tables')]: ['csv'] },
    });
    if (!target) return;
    const request: GenerateRequest = {
      run: run.folder.path,
      rows,
      where,
      temperature: 1,
      seed: 0,
      dropCopies: true,
      out: target.fsPath,
      // Beside the run, not in the user's folder: it is shown now, and can be made again.
      report: join(run.folder.path, 'made-rows.html'),
      language: wording(),
    };
    const result = await generate(training, `${title}: ${name}`, request);
    if (result) await show(result, rows, name);
  });
}

/** Undefined when it was cancelled, which is told. */
async function generate(
  training: TrainingService,
  title: string,
  request: GenerateRequest,
): Promise<GenerateResult | undefined> {
  try {
    return await withEngine(training, title, (engine, options) => engine.generate(request, options), {
      labels: { training: vscode.l10n.t('Learning to write rows, the first time only:') },
    });
  } catch (error) {
    if (!LiftError.is(error, 'cancelled')) throw error;
    const text = vscode.l10n.t('Cancelled: no rows are made. What was learnt is kept for the next time.');
    void vscode.window.showInformationMessage(text);
    return undefined;
  }
}

async function show({ out, rows, report }: GenerateResult, asked: number, name: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(out), { preview: false });
  if (report !== undefined) await showReport(vscode.l10n.t('Made Rows: {0}', name), report, true);
  const count = (number: number): string => number.toLocaleString(vscode.env.language);
  const file = basename(out);
  if (rows === asked) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} rows are made, in {1}.', count(rows), file));
    return;
  }
  const text = vscode.l10n.t(
    '{0} of {1} rows are made, in {2}: the others were copies of training rows. The model knows the table by heart; more rows to train on would help.',
    count(rows),
    count(asked),
    file,
  );
  void vscode.window.showWarningMessage(text);
}
