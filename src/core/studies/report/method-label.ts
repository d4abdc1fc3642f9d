import { classificationBaselines } from '../../evaluation/baselines/classification-baselines';
import { regressionBaselines } from '../../evaluation/baselines/regression-baselines';
import type { Phrase } from '../../foundation/phrase';
import type { ReportLanguage } from '../../report/report-language';

const labels = new Map<string, Phrase>(
  [...classificationBaselines(2, 1), ...regressionBaselines(1)].map(({ name, label }) => [name, label] as const),
);

/** A method's name as people say it: of a baseline "Random forest", not `random-forest`; LIFT's own series as they are. */
export function methodLabel(name: string, language: ReportLanguage): string {
  const label = labels.get(name);
  return label ? language.say(label) : name;
}
