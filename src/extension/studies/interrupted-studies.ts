import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { interruptedStudies, letRest, requireUnchanged } from '../../core/studies/study-standing';
import type { InterruptedStudy } from '../../core/studies/study-standing';
import { requireTable } from '../commands/require-table';
import { showError } from '../errors';
import { log } from '../log';
import { runsFolders } from '../runs/runs-folder';
import type { TrainingService } from '../training/training-service';
import { doStudy } from './do-study';

/**
 * A study ends with its window, unlike a run: the next window says so and offers to go on with it. In a workspace that is not
 * trusted nothing is offered that would be refused.
 */
export function offerInterruptedStudies(training: TrainingService): vscode.Disposable {
  const offer = (): void => {
    for (const runs of runsFolders()) {
      interruptedStudies(join(dirname(runs), 'studies'))
        .then((studies) => Promise.all(studies.map((study) => offerToGoOn(training, study))))
        .catch((error: unknown) => {
          log.warn(`Studies beside ${runs}: ${(error as Error).message}`);
        });
    }
  };
  if (vscode.workspace.isTrusted) offer();
  return vscode.workspace.onDidGrantWorkspaceTrust(offer);
}

async function offerToGoOn(training: TrainingService, study: InterruptedStudy): Promise<void> {
  const { request, name, standing } = study;
  const goOn = vscode.l10n.t('Continue');
  const notNow = vscode.l10n.t('Not Now');
  const text = vscode.l10n.t(
    'The study {0} of {1} was interrupted at {2} of {3} runs; what is done is kept.',
    request.name,
    name,
    standing.done,
    standing.runs,
  );
  const answer = await vscode.window.showInformationMessage(text, goOn, notNow);
  if (answer === notNow) await letRest(study);
  if (answer === goOn) await continueStudy(training, study).catch(showError);
}

async function continueStudy(training: TrainingService, study: InterruptedStudy): Promise<void> {
  const { request, name, standing } = study;
  await requireTable(
    request.dataset,
    vscode.l10n.t('Put it back there, or run the study on the table where it is now.'),
  );
  await requireUnchanged(study);
  // Nobody has agreed to anything while the first run was still timed.
  await doStudy(training, { request, name, isAgreed: standing.done > 0 });
}
