import type { LiftError } from '../foundation/lift-error';
import { task } from './requirements';
import type { StudySubject } from './requirements';
import type { StudyInput, StudyKind, StudyRun } from './study';

/** Why a study cannot be done with a table, as far as that is known; undefined when it can. */
export function whyUnfit(kind: StudyKind, subject: StudySubject): LiftError | undefined {
  const requirements = [...(kind.task === undefined ? [] : [task(kind.task)]), ...(kind.requires ?? [])];
  for (const requirement of requirements) {
    const unfit = requirement(subject);
    if (unfit) return unfit;
  }
  return undefined;
}

/** The runs of a study. @throws LiftError `usage` when the table is none for it */
export async function planStudy(kind: StudyKind, input: StudyInput): Promise<StudyRun[]> {
  const unfit = whyUnfit(kind, input);
  if (unfit) throw unfit;
  return kind.plan(input);
}
