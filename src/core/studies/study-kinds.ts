import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { nearestName } from '../foundation/nearest-name';
import { adversarial } from './kinds/adversarial';
import { calibration } from './kinds/calibration';
import { decisionBoundary } from './kinds/decision-boundary';
import { featureNoise } from './kinds/feature-noise';
import { generation } from './kinds/generation';
import { inContext } from './kinds/in-context';
import { labelNoise } from './kinds/label-noise';
import { outliers } from './kinds/outliers';
import { pretraining } from './kinds/pretraining';
import { names, promptTemplates } from './kinds/prompts';
import { sampleComplexity } from './kinds/sample-complexity';
import { twoStage } from './kinds/two-stage';
import type { StudyKind } from './study';

export const studyKinds: readonly StudyKind[] = [
  sampleComplexity,
  labelNoise,
  outliers,
  featureNoise,
  adversarial,
  names,
  promptTemplates,
  inContext,
  pretraining,
  twoStage,
  calibration,
  generation,
  decisionBoundary,
];

export const studyNames: readonly string[] = studyKinds.map(({ name }) => name);

/** @throws LiftError `usage` for a name that there is not, with the nearest one */
export function studyKind(name: string): StudyKind {
  const found = studyKinds.find((kind) => kind.name === name);
  if (found) return found;
  const near = nearestName(name, studyNames);
  throw new LiftError(
    'usage',
    phrase`There is no study "${name}".`,
    near === undefined
      ? phrase`There are: ${studyNames.join(', ')}.`
      : phrase`Did you mean "${near}"? There are: ${studyNames.join(', ')}.`,
  );
}
