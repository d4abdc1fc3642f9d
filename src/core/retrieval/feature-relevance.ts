import type { Table } from '../table/table';
import { fitFeature } from './feature-encoder';

/** The column whose value is to be predicted, and how. */
export interface RelevanceTarget {
  readonly index: number;
  readonly task: 'classification' | 'regression';
}

const bins = 8;
/** Of the mean weight, the part that a feature keeps that says nothing alone: it may say something with others. */
const weightFloor = 0.5;

/** Weights of features, 1 on average: those that say more about the target on the given rows weigh more. */
export function relevanceWeights(
  table: Table,
  rows: readonly number[],
  featureIndices: readonly number[],
  target: RelevanceTarget,
): number[] {
  const relevances = featureRelevance(table, rows, featureIndices, target);
  const mean = relevances.reduce((sum, value) => sum + value, 0) / relevances.length;
  return relevances.map((value) => (mean === 0 ? 1 : (value / mean + weightFloor) / (1 + weightFloor)));
}

/**
 * How much each feature alone says about the target on the given rows: mutual information divided by the entropy of the
 * target, from 0 (nothing) to 1 (everything). Numbers are cut into eight bins of equal frequency; the upward bias of small
 * samples is subtracted (Miller, 1955), so that a feature of many rare values does not win by chance.
 */
export function featureRelevance(
  table: Table,
  rows: readonly number[],
  featureIndices: readonly number[],
  target: RelevanceTarget,
): number[] {
  const labelled = rows.filter((row) => (table.rows[row]![target.index] ?? null) !== null);
  const targets = binsOf(table, labelled, target.index, target.task === 'classification');
  return featureIndices.map((index) => relevance(binsOf(table, labelled, index, false), targets));
}

/** A small whole number for each row; equal numbers for cells that are alike. */
function binsOf(table: Table, rows: readonly number[], index: number, asClasses: boolean): Int32Array {
  const column = table.columns[index]!;
  const feature = fitFeature(table, rows, asClasses ? { ...column, type: 'category' } : column);
  return Int32Array.from(rows, (row) => {
    const cell = table.rows[row]![index] ?? null;
    if (feature.kind === 'coded') return feature.encode(cell);
    const place = feature.encode(cell);
    return place === undefined ? bins : Math.min(bins - 1, Math.floor(place * bins));
  });
}

/** Mutual information over the entropy of the target, in nats. */
function relevance(feature: Int32Array, target: Int32Array): number {
  const rows = target.length;
  const [featureCounts, targetCounts, jointCounts] = [
    new Map<number, number>(),
    new Map<number, number>(),
    new Map<number, number>(),
  ];
  const targetSize = target.reduce((most, value) => Math.max(most, value), 0) + 1;
  for (let row = 0; row < rows; row++) {
    add(featureCounts, feature[row]!);
    add(targetCounts, target[row]!);
    add(jointCounts, feature[row]! * targetSize + target[row]!);
  }
  const targetEntropy = entropy(targetCounts, rows);
  if (targetEntropy === 0) return 0;
  const information = entropy(featureCounts, rows) + targetEntropy - entropy(jointCounts, rows);
  const bias = ((featureCounts.size - 1) * (targetCounts.size - 1)) / (2 * rows);
  return Math.max(0, information - bias) / targetEntropy;
}

function add(counts: Map<number, number>, value: number): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function entropy(counts: ReadonlyMap<number, number>, total: number): number {
  let sum = 0;
  for (const count of counts.values()) sum -= (count / total) * Math.log(count / total);
  return sum;
}
