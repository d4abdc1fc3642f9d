import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import type { StudyRequest, StudyResultMessage } from '../../core/studies/requests';
import { studyKind } from '../../core/studies/study-kinds';
import { withEngine } from '../commands/with-engine';
import { showError } from '../errors';
import { showReport } from '../show-report';
import { localized, wording } from '../told';
import type { TrainingService } from '../training/training-service';
import { offeredSeeds, pickSeeds } from './pick-seeds';

/** A study that someone wants done. */
export interface WantedStudy {
  readonly request: StudyRequest;
  /** Of its table, for people. */
  readonly name: string;
  /** Whether its user has heard how long it takes, and wants it with these seeds. */
  readonly isAgreed: boolean;
}

/**
 * The first run alone; then, when the user has heard how long the others take and said how often all is to be measured, the
 * others; then the report. Whoever cancels a study of hours is told that nothing is lost.
 */
export async function doStudy(training: TrainingService, study: WantedStudy): Promise<void> {
  const title = vscode.l10n.t('Study {0} of {1}', study.request.name, study.name);
  let wanted = study;
  try {
    if (!wanted.isAgreed) {
      const seeds = await agreedSeeds(training, title, wanted);
      if (!seeds) return;
      wanted = { ...wanted, request: { ...wanted.request, seeds }, isAgreed: true };
    }
    const request = { ...wanted.request, language: wording() };
    const result = await withEngine(training, title, (engine, options) => engine.study(request, options), {
      labels: { studying: '' },
    });
    await showStudy(result, study.name);
  } catch (error) {
    if (!LiftError.is(error, 'cancelled')) throw error;
    void offerToGoOn(training, wanted);
  }
}

/** Times the first run, and asks. Undefined when the user goes away. */
async function agreedSeeds(
  training: TrainingService,
  title: string,
  { request }: WantedStudy,
): Promise<number[] | undefined> {
  const timed = { ...request, estimateOnly: true, offers: offeredSeeds(request.seeds), language: wording() };
  const { offers } = await withEngine(training, title, (engine, options) => engine.study(timed, options), {
    labels: { studying: vscode.l10n.t('Timing the first run') },
  });
  return pickSeeds(title, offers);
}

async function showStudy({ name: kind, report, out }: StudyResultMessage, name: string): Promise<void> {
  if (report === undefined) return;
  await showReport(`${localized(studyKind(kind).title)} – ${name}`, report);
  const reveal = vscode.l10n.t('Reveal in Explorer');
  const text = vscode.l10n.t(
    '{0} and all figures of the study are in {1}.',
    basename(report),
    vscode.workspace.asRelativePath(out),
  );
  void vscode.window.showInformationMessage(text, reveal).then((answer) => {
    if (answer) void vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(report));
  });
}

async function offerToGoOn(training: TrainingService, study: WantedStudy): Promise<void> {
  const goOn = vscode.l10n.t('Continue');
  const text = vscode.l10n.t(
    'The study {0} of {1} is cancelled; what is done is kept.',
    study.request.name,
    study.name,
  );
  if ((await vscode.window.showInformationMessage(text, goOn)) === goOn) {
    await doStudy(training, study).catch(showError);
  }
}
