import { classificationBaselines } from '../../evaluation/baselines/classification-baselines';
import { regressionBaselines } from '../../evaluation/baselines/regression-baselines';

const labels = new Map<string, string>(
  [...classificationBaselines(2, 1), ...regressionBaselines(1)].map(({ name, label }) => [name, label] as const),
);

/** A method's name as people say it: of a baseline "Random forest", not `random-forest`; LIFT's own series as they are. */
export function methodLabel(name: string): string {
  return labels.get(name) ?? name;
}
