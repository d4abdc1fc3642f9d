import { LiftError } from '../foundation/lift-error';
import { nearestName } from '../foundation/nearest-name';
import { labelNoise } from './kinds/label-noise';
import { sampleComplexity } from './kinds/sample-complexity';
import type { StudyKind } from './study';

export const studyKinds: readonly StudyKind[] = [sampleComplexity, labelNoise];

export const studyNames: readonly string[] = studyKinds.map(({ name }) => name);

/** @throws LiftError `usage` for a name that there is not, with the nearest one */
export function studyKind(name: string): StudyKind {
  const found = studyKinds.find((kind) => kind.name === name);
  if (found) return found;
  const near = nearestName(name, studyNames);
  throw new LiftError(
    'usage',
    `There is no study "${name}".`,
    `${near === undefined ? '' : `Did you mean "${near}"? `}There are: ${studyNames.join(', ')}.`,
  );
}
