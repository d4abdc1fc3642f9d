import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { Phrase } from '../foundation/phrase';
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

/** Studies that ask about the same thing, under a heading for people. */
export interface StudyGroup {
  readonly title: Phrase;
  readonly kinds: readonly StudyKind[];
}

export const studyGroups: readonly StudyGroup[] = [
  { title: phrase`How much data`, kinds: [sampleComplexity, imbalance, classScaling, columnScaling] },
  { title: phrase`Wrong and noisy data`, kinds: [labelNoise, outliers, featureNoise] },
  { title: phrase`Prompts and names`, kinds: [promptTemplates, names, namesByRows, contradictingPrompts] },
  {
    title: phrase`What helps the model to learn`,
    kinds: [inContext, pretraining, twoStage, generation, augmentation, mixup],
  },
  { title: phrase`How the model decides`, kinds: [decisionBoundary, teacherSimilarity, ridge] },
  { title: phrase`How far to trust predictions`, kinds: [calibration, interpolation, adversarial] },
];

export const studyKinds: readonly StudyKind[] = studyGroups.flatMap(({ kinds }) => kinds);

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
