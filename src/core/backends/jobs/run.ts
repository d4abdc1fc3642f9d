import { leaving } from '../../run/backend';
import type { RunContext } from '../../run/events';
import type { StageClock, StageReport } from '../../run/progress/stage-clock';
import type { Stage } from '../../run/events';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { followJob } from './follow';
import type { WatchOptions } from '../http/watch';
import type { JobPackage } from './package';
import type { JobEvent } from './log';
import { ResultCollector } from './results';
import type { JobResults } from './results';
import type { JobService } from './service';
import type { JobMemory } from './memory';
import { notice } from '../../run/notice';

/** Milliseconds that a service may take to be told that a job is to stop. */
const STOP_PATIENCE = 10_000;
/** Milliseconds that it may take to delete what was sent. */
const TIDY_PATIENCE = 30_000;

export interface RunJobOptions extends Pick<WatchOptions, 'pauses' | 'patience'> {
  /** Of the recipe, for its epoch events. */
  readonly epochs: number;
}

/**
 * Sends a package, or finds the job that was begun with it, and follows it to its end: what it says is said here, in the
 * same words as those of a local run. When the signal fires the job is stopped, unless the reason is `leaving`.
 */
export async function runJob(
  service: JobService,
  pack: JobPackage,
  memory: JobMemory,
  clock: StageClock,
  context: RunContext,
  { epochs, ...follow }: RunJobOptions,
): Promise<JobResults> {
  const { signal } = context;
  let id: string | undefined;
  try {
    id = await clock.time('uploading', (report) =>
      memory.submit(service, pack, {
        signal,
        onProgress: (fraction) => {
          report(fraction);
        },
      }),
    );
    const onConnection = (lost: boolean): void => {
      const message = lost ? phrase`The connection is lost; trying again.` : phrase`The connection is back.`;
      context.emit(notice(lost ? 'warning' : 'info', message));
    };
    const events = followJob(service, id, { ...follow, signal, onConnection });
    const results = await new Narration(events, memory, context, epochs).run(clock);
    await memory.become('home');
    await tidy(service, id, context);
    return results;
  } catch (cause) {
    const error = LiftError.from(cause);
    if (error.code === 'cancelled' && signal?.aborted) await leaveOrStop(service, id, memory, context);
    else if (!['network', 'unauthorized'].includes(error.code)) {
      await memory.end(error);
      await tidy(service, id, context);
    }
    throw error;
  }
}

async function leaveOrStop(
  service: JobService,
  id: string | undefined,
  memory: JobMemory,
  context: RunContext,
): Promise<void> {
  if (context.signal?.reason === leaving) return;
  await memory.become('stopped');
  if (id !== undefined) await service.stop(id, AbortSignal.timeout(STOP_PATIENCE));
  await tidy(service, id, context);
}

/** Nothing that was sent stays where a job is over; when that fails, the user is told what to delete. */
async function tidy(service: JobService, id: string | undefined, { emit }: RunContext): Promise<void> {
  if (id === undefined) return;
  try {
    await service.tidy?.(id, AbortSignal.timeout(TIDY_PATIENCE));
  } catch (error) {
    const message = phrase`What was sent to ${service.destination} could not be deleted there: ${(error as Error).message}`;
    emit(notice('warning', message));
  }
}

/** Says what a job says, stage by stage. */
class Narration {
  private readonly collector = new ResultCollector();
  /** An event that belongs to the next stage. */
  private next: JobEvent | undefined;

  constructor(
    private readonly events: AsyncGenerator<JobEvent, void>,
    private readonly memory: JobMemory,
    private readonly context: RunContext,
    private readonly epochs: number,
  ) {}

  async run(clock: StageClock): Promise<JobResults> {
    await clock.time('waiting', () => this.until(({ event }) => event === 'begin'));
    for (;;) {
      const stage = this.stageAhead();
      if (stage === undefined) break;
      await clock.time(stage, (report) => this.until((event) => stageOf(event, stage) !== stage, report));
    }
    if (!this.collector.complete) {
      throw new LiftError(
        'network',
        'The log of the job ends before its results.',
        'Resume the run to fetch them again.',
      );
    }
    return this.collector.results();
  }

  private stageAhead(): Stage | undefined {
    return this.next && stageOf(this.next, 'waiting');
  }

  /** Takes events until one belongs elsewhere; that one is kept. */
  private async until(isElsewhere: (event: JobEvent) => boolean, report?: StageReport): Promise<void> {
    if (this.next) await this.take(this.next, report);
    this.next = undefined;
    for (;;) {
      const next = await this.events.next();
      if (next.done) return;
      if (isElsewhere(next.value)) {
        this.next = next.value;
        return;
      }
      await this.take(next.value, report);
    }
  }

  private async take(event: JobEvent, report?: StageReport): Promise<void> {
    this.collector.take(event);
    if (event.event === 'progress') {
      const { fraction, secondsLeft, step, steps, epoch, loss, learningRate, tokensPerSecond } = event;
      const facts = { secondsLeft, step, steps, epoch, loss, learningRate, tokensPerSecond };
      if (event.stage !== 'fetching') report?.(fraction, facts);
    } else if (event.event === 'chunk') report?.(this.collector.fraction);
    else if (event.event === 'epoch' || event.event === 'notice') await this.tell(event);
  }

  /** Once, however often the log is read again. */
  private async tell(event: Extract<JobEvent, { event: 'epoch' | 'notice' }>): Promise<void> {
    if (!(await this.memory.isNew())) return;
    const { emit } = this.context;
    if (event.event === 'notice') {
      emit(event);
      return;
    }
    const { epoch, trainLoss, best } = event;
    const validationLoss = event.validationLoss ?? undefined;
    if (trainLoss !== null) emit({ event: 'epoch', epoch, epochs: this.epochs, trainLoss, validationLoss, best });
    else if (validationLoss !== undefined) {
      const message = phrase`Before training: validation loss ${validationLoss.toFixed(4)}.`;
      emit(notice('info', message));
    }
  }
}

/** The stage that an event is part of; those without one are part of the present one. */
function stageOf(event: JobEvent, present: Stage): Stage {
  return event.event === 'progress' ? event.stage : present;
}
