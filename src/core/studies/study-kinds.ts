import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { nearestName } from '../foundation/nearest-name';
import { adversarial } from './kinds/adversarial';
import { augmentation } from './kinds/augmentation';
import { calibration } from './kinds/calibration';
import { classScaling } from './kinds/class-scaling';
import { columnScaling } from './kinds/column-scaling';
import { contradictingPrompts } from './kinds/contradicting-prompts';
import { decisionBoundary } from './kinds/decision-boundary';
import { featureNoise } from './kinds/feature-noise';
import { generation } from './kinds/generation';
import { imbalance } from './kinds/imbalance';
import { inContext } from './kinds/in-context';
import { interpolation } from './kinds/interpolation';
import { labelNoise } from './kinds/label-noise';
import { mixup } from './kinds/mixup';
import { namesByRows } from './kinds/names-by-rows';
import { outliers } from './kinds/outliers';
import { pretraining } from './kinds/pretraining';
import { names, promptTemplates } from './kinds/prompts';
import { ridge } from './kinds/ridge';
import { sampleComplexity } from './kinds/sample-complexity';
import { teacherSimilarity } from './kinds/teacher-similarity';
import { twoStage } from './kinds/two-stage';
import type { StudyKind } from './study';

export const studyKinds: readonly StudyKind[] = [
  sampleComplexity,
  classScaling,
  columnScaling,
  labelNoise,
  imbalance,
  outliers,
  featureNoise,
  augmentation,
  mixup,
  adversarial,
  names,
  namesByRows,
  promptTemplates,
  contradictingPrompts,
  inContext,
  pretraining,
  twoStage,
  calibration,
  generation,
  decisionBoundary,
  teacherSimilarity,
  interpolation,
  ridge,
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
