import type { Said } from '../foundation/phrase';
import type { ProgressEvent, RunContext } from '../run/events';
import { notice } from '../run/notice';

/** How far a study is between its runs. */
interface Standing {
  readonly fraction: number;
  readonly secondsLeft: number | undefined;
  /** Seconds of the whole study; undefined while its first run is timed. */
  readonly all: number | undefined;
  /** How many there are to do. */
  readonly runs: number;
}

/** What each stage of a run is of its time, about. */
const stageShares: Partial<Record<ProgressEvent['stage'], readonly [from: number, to: number]>> = {
  training: [0.05, 0.7],
  calibrating: [0.7, 0.75],
  predicting: [0.75, 0.85],
  baselines: [0.85, 1],
};

/**
 * The progress of a study out of that of its runs: one bar for all of them. What runs say in words is left out, except
 * warnings: it would be the same again and again.
 */
export function forStudy(
  { emit, ...rest }: RunContext,
  standing: () => Standing,
): { readonly context: RunContext; begin(name: Said, seconds: number | undefined): void } {
  let seconds: number | undefined;
  const said = new Set<string>();
  const report = (withinRun: number): void => {
    const { fraction, secondsLeft, all, runs } = standing();
    const done = seconds === undefined ? 0 : seconds * withinRun;
    // While nothing is known of their times, all runs count alike.
    const part = all === undefined ? withinRun / runs : all === 0 ? 0 : done / all;
    const left = secondsLeft === undefined ? undefined : Math.max(0, secondsLeft - done);
    emit({ event: 'progress', stage: 'studying', fraction: Math.min(0.999, fraction + part), secondsLeft: left });
  };
  return {
    begin: (name, expected) => {
      seconds = expected;
      emit(notice('info', name));
      report(0);
    },
    context: {
      ...rest,
      emit: (event) => {
        if (event.event === 'progress') {
          const share = stageShares[event.stage];
          if (share) report(share[0] + event.fraction * (share[1] - share[0]));
        } else if (event.event === 'notice' && event.level === 'warning' && !said.has(event.message)) {
          said.add(event.message);
          emit(event);
        }
      },
    },
  };
}

/** "40 s", "6 min", "2 h 5 min": as exactly as an estimate deserves. */
export function durationWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
