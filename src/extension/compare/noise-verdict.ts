import * as vscode from 'vscode';
import { pairedDifferenceInterval } from '../../core/evaluation/bootstrap';
import { mcNemarTest } from '../../core/evaluation/mcnemar';
import type { PredictionSet } from '../predictions/prediction-set';
import type { CommonRow } from './changed-rows';

/** A difference that chance alone would bring less often than this is called real. */
const level = 0.05;
/** Draws of the bootstrap: more would be felt in the editor; with many rows fewer resamples say as much. */
const mostDraws = 2e7;
const leastResamples = 200;

/**
 * Whether the two runs differ by more than noise on the rows that both have been tested on, in words. Of classes by
 * McNemar's exact test, of numbers by a bootstrap interval of the difference of their mean squared errors.
 */
export function noiseVerdict(left: PredictionSet, right: PredictionSet, common: readonly CommonRow[]): string {
  if (common.length === 0) return '';
  return left.task === 'classification' ? verdictOnClasses(left, right, common) : verdictOnNumbers(left, right, common);
}

function verdictOnClasses(left: PredictionSet, right: PredictionSet, common: readonly CommonRow[]): string {
  const { onlyFirst, onlySecond, pValue } = mcNemarTest(
    common.map((row) => left.verdict(row.left) === 'right'),
    common.map((row) => right.verdict(row.right) === 'right'),
  );
  const rows = common.length.toLocaleString();
  if (onlyFirst + onlySecond === 0) {
    return vscode.l10n.t('Both have the same rows right: on these {0} rows neither is better.', rows);
  }
  const facts = { rows, onlyLeft: onlyFirst, onlyRight: onlySecond, p: pText(pValue) };
  if (pValue >= level) {
    return vscode.l10n.t(
      'The difference may be noise: of {rows} rows, {onlyLeft} are right only on the left and {onlyRight} only on the right (McNemar’s test, {p}).',
      facts,
    );
  }
  return onlySecond > onlyFirst
    ? vscode.l10n.t(
        'The right run is better, and by more than noise: of {rows} rows, {onlyRight} are right only there and {onlyLeft} only on the left (McNemar’s test, {p}).',
        facts,
      )
    : vscode.l10n.t(
        'The left run is better, and by more than noise: of {rows} rows, {onlyLeft} are right only there and {onlyRight} only on the right (McNemar’s test, {p}).',
        facts,
      );
}

function pText(value: number): string {
  return value < 0.001 ? 'p < 0.001' : `p = ${value.toFixed(3)}`;
}

function verdictOnNumbers(left: PredictionSet, right: PredictionSet, common: readonly CommonRow[]): string {
  const resamples = Math.round(Math.min(2000, Math.max(leastResamples, mostDraws / common.length)));
  const { lower, upper } = pairedDifferenceInterval(
    common.map((row) => left.error(row.left) ** 2),
    common.map((row) => right.error(row.right) ** 2),
    { seed: 0, confidence: 1 - level, resamples },
  );
  const rows = common.length.toLocaleString();
  if (lower > 0) {
    return vscode.l10n.t('The right run has the smaller errors on {0} rows, and by more than noise.', rows);
  }
  if (upper < 0) {
    return vscode.l10n.t('The left run has the smaller errors on {0} rows, and by more than noise.', rows);
  }
  return vscode.l10n.t('On {0} rows the difference of their errors may be noise.', rows);
}
