import * as vscode from 'vscode';
import type { StudyOffer } from '../../core/studies/requests';
import { duration } from '../training/progress-text';

const counts = [1, 3, 5];

/** Sets of seeds to choose from, with those that the study was begun with. */
export function offeredSeeds(begun: readonly number[]): number[][] {
  const usual = counts.map((count) => Array.from({ length: count }, (_, seed) => seed));
  const isUsual = usual.some((seeds) => seeds.join() === begun.join());
  return (isUsual ? usual : [[...begun], ...usual]).sort((a, b) => a.length - b.length);
}

/** One run was timed: how often all is to be measured is the user's to say, who learns how long each choice takes. */
export async function pickSeeds(title: string, offers: readonly StudyOffer[]): Promise<number[] | undefined> {
  const items = offers.map((offer) => ({
    label: offer.seeds.length === 1 ? vscode.l10n.t('1 seed') : vscode.l10n.t('{0} seeds', offer.seeds.length),
    description: timeText(offer),
    detail:
      offer.seeds.length === 1
        ? vscode.l10n.t('Measured once, with one random split: differences of a few rows may be chance.')
        : vscode.l10n.t(
            'Measured {0} times, with other splits: means, and how far they may be chance.',
            offer.seeds.length,
          ),
    seeds: offer.seeds,
  }));
  const choice = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('How often shall it be measured? It can be cancelled; what is done is not done again.'),
    ignoreFocusOut: true,
  });
  return choice?.seeds;
}

function timeText({ runs, done, secondsLeft }: StudyOffer): string {
  if (runs === done) return vscode.l10n.t('done: its report is shown');
  return vscode.l10n.t('about {0} on this machine (runs left: {1})', duration(secondsLeft), runs - done);
}
