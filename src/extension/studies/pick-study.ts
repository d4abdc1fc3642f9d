import * as vscode from 'vscode';
import type { LiftError } from '../../core/foundation/lift-error';
import { whyUnfit } from '../../core/studies/fitness';
import type { StudySubject } from '../../core/studies/requirements';
import type { StudyKind } from '../../core/studies/study';
import { studyGroups } from '../../core/studies/study-kinds';
import { localized } from '../told';

/** A study to choose, or the heading of those below. */
interface StudyItem extends vscode.QuickPickItem {
  readonly study?: StudyKind;
  /** Why it cannot be done with the table. */
  readonly unfit?: LiftError;
}

/**
 * Asks which study is wanted: by headings, those that the table is none for last, each with the reason. Undefined when the
 * user goes away.
 * @throws LiftError `usage` when it is one that the table is none for: its hint says what would help
 */
export async function pickStudy(name: string, subject: StudySubject): Promise<StudyKind | undefined> {
  const chosen = await vscode.window.showQuickPick(studyItems(subject), {
    title: vscode.l10n.t('Run Study'),
    placeHolder: vscode.l10n.t('What do you want to find out about {0}?', name),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.unfit) throw chosen.unfit;
  return chosen?.study;
}

function studyItems(subject: StudySubject): StudyItem[] {
  const groups = studyGroups.map(({ title, kinds }) => ({
    title: localized(title),
    items: kinds.map((study) => itemOf(study, whyUnfit(study, subject))),
  }));
  const fit = groups.map(({ title, items }) => ({ title, items: items.filter(({ unfit }) => !unfit) }));
  const unfit = groups.flatMap(({ items }) => items.filter((item) => item.unfit));
  return [...fit, { title: vscode.l10n.t('Not for this table'), items: unfit }].flatMap(({ title, items }) =>
    items.length === 0 ? [] : [heading(title), ...items],
  );
}

function heading(label: string): StudyItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function itemOf(study: StudyKind, unfit: LiftError | undefined): StudyItem {
  const title = localized(study.title);
  const item = { description: study.name, study };
  return unfit
    ? { ...item, label: `$(circle-slash) ${title}`, detail: localized(unfit.said.message), unfit }
    : { ...item, label: title, detail: localized(study.question) };
}
