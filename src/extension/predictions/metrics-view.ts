import { l10n } from 'vscode';
import { classificationMetrics } from '../../core/evaluation/classification-metrics';
import { regressionMetrics } from '../../core/evaluation/regression-metrics';
import type { RegressionMetrics } from '../../core/evaluation/regression-metrics';
import { numbersOf } from '../../core/run/measure/metrics-of';
import type { BaselineReport, Metrics } from '../../core/run/requests';
import type { MetricsView, MethodView, ResidualsView } from '../../shared/predictions-view';
import { compareMethods } from './compare-methods';
import { measuresOf } from './measures';
import { methodLabel } from './method-names';
import { splitParts } from './prediction-set';
import type { PredictionSet } from './prediction-set';

/** More rows than this change no measure that people read; they are thinned out evenly. */
const mostMeasured = 100_000;
/** More points than this lie on top of each other. */
const mostPoints = 1000;

/** What the run measured on its test rows besides its predictions. */
export interface MeasuredBeside {
  readonly baselines: Readonly<Record<string, BaselineReport>>;
  /** Without the answers of the nearest training rows, where these are part of the predictions. */
  readonly modelAlone?: Metrics | undefined;
}

/**
 * How good the predictions are, on rows that the model never saw: the test rows, or the rows of another table when their
 * answers are known. Undefined when no such row has an answer.
 */
export function metricsView(set: PredictionSet, { baselines, modelAlone }: MeasuredBeside): MetricsView | undefined {
  const part = (['test', 'new'] as const).find((name) => measurable(set, name).length > 0);
  if (part === undefined) return undefined;
  const places = thinned(measurable(set, part), mostMeasured);
  const { values, ...shapes } =
    set.task === 'classification' ? measureClasses(set, places) : measureNumbers(set, places);
  const measures = measuresOf(set.task);
  const lift: MethodView = { label: 'LIFT', isLift: true, values, settings: '' };
  // The baselines were measured on the test rows alone.
  const others = part === 'test' ? Object.entries(baselines).map(([name, report]) => methodOf(name, report)) : [];
  const variants = part === 'test' && modelAlone ? [modelAloneOf(modelAlone)] : [];
  const rows = places.length;
  return { part, rows, measures, ...compareMethods(lift, others, measures[0]!, rows, variants), ...shapes };
}

type Measured = Pick<MetricsView, 'confusion' | 'reliability' | 'residuals'> & Pick<MethodView, 'values'>;

function measureClasses(set: PredictionSet, places: Int32Array): Measured {
  const listed = Array.from(places);
  const { confusion, reliability, ...metrics } = classificationMetrics({
    truth: listed.map((place) => set.truth(place)!),
    predicted: listed.map((place) => set.prediction(place)),
    probabilities: listed.every((place) => set.hasProbabilities(place))
      ? listed.map((place) => set.probabilities(place))
      : undefined,
    classes: set.classes,
  });
  return {
    values: numbersOf({ ...metrics, confusion, reliability }),
    confusion: { labels: confusion.labels, counts: confusion.counts },
    reliability: reliability?.flatMap(({ confidence, accuracy, ...bin }) =>
      confidence === null || accuracy === null ? [] : [{ ...bin, confidence, accuracy }],
    ),
    residuals: undefined,
  };
}

function measureNumbers(set: PredictionSet, places: Int32Array): Measured {
  const { lowers, uppers } = set.columns;
  const predicted = Float64Array.from(places, (place) => Number(set.prediction(place)));
  const hasBounds = places.every((place) => !Number.isNaN(lowers[place]! + uppers[place]!));
  const metrics = regressionMetrics({
    truth: Float64Array.from(places, (place) => Number(set.prediction(place)) - set.error(place)),
    predicted,
    lower: hasBounds ? Float64Array.from(places, (place) => lowers[place]!) : undefined,
    upper: hasBounds ? Float64Array.from(places, (place) => uppers[place]!) : undefined,
  });
  return {
    values: numbersOf(metrics),
    confusion: undefined,
    reliability: undefined,
    residuals: residualsOf(set, places, metrics),
  };
}

function residualsOf(set: PredictionSet, places: Int32Array, { intervalCoverage }: RegressionMetrics): ResidualsView {
  const points = Array.from(thinned(places, mostPoints), (place) => ({
    row: set.columns.rows[place]!,
    prediction: Number(set.prediction(place)),
    error: set.error(place),
    verdict: set.verdict(place),
  }));
  return { points, coverage: intervalCoverage ?? undefined };
}

/** Places of rows whose answer is known, and can be compared. */
function measurable(set: PredictionSet, part: 'test' | 'new'): Int32Array {
  const code = splitParts.indexOf(part);
  const { parts, truths } = set.columns;
  const places = Int32Array.from({ length: set.size }, (_, place) => place);
  return places.filter(
    (place) =>
      parts[place] === code &&
      truths[place]! >= 0 &&
      (set.task === 'classification' || Number.isFinite(set.error(place))),
  );
}

function thinned(places: Int32Array, most: number): Int32Array {
  if (places.length <= most) return places;
  return Int32Array.from({ length: most }, (_, index) => places[Math.floor((index * places.length) / most)]!);
}

function modelAloneOf(values: Metrics): MethodView {
  const settings = l10n.t(
    'Without the answers of the nearest training rows, with which LIFT averages those of its model.',
  );
  return { label: l10n.t('LIFT, its model alone'), isLift: false, values, settings };
}

function methodOf(name: string, { test, settings }: BaselineReport): MethodView {
  return { label: methodLabel(name), isLift: false, values: test, settings };
}
