import type { ProgressEvent, RunContext, Stage } from '../events';

/** Seconds by stage, and an estimate of what is left of the current one. */
export class StageClock {
  constructor(
    private readonly context: Pick<RunContext, 'emit'>,
    private readonly seconds = new Map<string, number>(),
    private readonly began = performance.now(),
  ) {}

  /** The same clock, which says what it has to say elsewhere. */
  within(context: Pick<RunContext, 'emit'>): StageClock {
    return new StageClock(context, this.seconds, this.began);
  }

  /** Runs a stage: says that it begins and ends, and adds its time to `<stage>Seconds`. */
  async time<T>(stage: Stage, work: (report: StageReport) => Promise<T> | T): Promise<T> {
    const start = performance.now();
    const elapsed = (): number => (performance.now() - start) / 1000;
    this.context.emit({ event: 'progress', stage, fraction: 0 });
    const result = await work((fraction, facts) => {
      // Too little is known in the first moments for an estimate that a person could rely on.
      const known = fraction > 0.02 && elapsed() > 1;
      const secondsLeft = known ? (elapsed() * (1 - fraction)) / fraction : undefined;
      this.context.emit({ event: 'progress', stage, fraction: Math.min(fraction, 0.999), secondsLeft, ...facts });
    });
    this.context.emit({ event: 'progress', stage, fraction: 1 });
    this.seconds.set(stage, (this.seconds.get(stage) ?? 0) + elapsed());
    return result;
  }

  /** Seconds by stage, and `total` since the clock began. */
  timing(): Record<string, number> {
    const total = (performance.now() - this.began) / 1000;
    return Object.fromEntries(
      [...this.seconds, ['total', total] as const].map(([name, value]) => [name, rounded(value)]),
    );
  }
}

export type StageReport = (
  fraction: number,
  facts?: Partial<Omit<ProgressEvent, 'event' | 'stage' | 'fraction'>>,
) => void;

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
