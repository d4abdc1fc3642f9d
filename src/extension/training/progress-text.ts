import * as vscode from 'vscode';
import type { ProgressEvent, Stage } from '../../core/run/events';

/** What the engine is doing, for people. */
export function stageLabel(stage: Stage): string {
  switch (stage) {
    case 'reading':
      return vscode.l10n.t('Reading the table');
    case 'preparing':
      return vscode.l10n.t('Writing the prompts');
    case 'downloading':
      return vscode.l10n.t('Downloading the model');
    case 'uploading':
      return vscode.l10n.t('Uploading');
    case 'waiting':
      return vscode.l10n.t('Waiting for the service');
    case 'training':
      return vscode.l10n.t('Training');
    case 'calibrating':
      return vscode.l10n.t('Calibrating');
    case 'predicting':
      return vscode.l10n.t('Predicting');
    case 'fetching':
      return vscode.l10n.t('Fetching the results');
    case 'baselines':
      return vscode.l10n.t('Running the baselines');
    case 'exporting':
      return vscode.l10n.t('Exporting');
    case 'studying':
      return vscode.l10n.t('Studying');
    case 'generating':
      return vscode.l10n.t('Making rows');
    case 'comparing':
      return vscode.l10n.t('Comparing with real rows');
  }
}

/** Other words for some stages; none where the title says it all. */
export type StageLabels = Partial<Record<Stage, string>>;

/** `Training 42 %, 1 min 20 s left`. Of a wait nobody knows how much is over. */
export function progressText({ stage, fraction, secondsLeft }: ProgressEvent, labels: StageLabels = {}): string {
  if (stage === 'waiting') return stageLabel(stage);
  const percent = `${labels[stage] ?? stageLabel(stage)} ${Math.round(fraction * 100)} %`.trimStart();
  return secondsLeft === undefined ? percent : vscode.l10n.t('{0}, {1} left', percent, duration(secondsLeft));
}

/** Seconds in the two largest units that matter. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
