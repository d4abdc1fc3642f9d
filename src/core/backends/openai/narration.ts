import type { TrainingOutcome } from '../../run/backend';
import type { RunContext } from '../../run/events';
import type { StageClock, StageReport } from '../../run/progress/stage-clock';
import { isWaiting } from './follow';
import type { Look } from './follow';
import type { OpenAiMemory } from './memory';
import { EpochCollector } from './progress';
import type { StepMetrics } from './progress';
import type { Job, JobEvent } from './schemas';
import { notice } from '../../run/notice';

/** Says what a job of a service says, in the words of a local run. */
export class OpenAiNarration {
  private readonly epochs: EpochCollector;
  private began = performance.now();
  private last: StepMetrics | undefined;

  constructor(
    private readonly memory: OpenAiMemory,
    private readonly context: RunContext,
    private expected: number,
  ) {
    this.epochs = new EpochCollector(expected);
  }

  /** Follows a job to its end. */
  async run(looks: AsyncGenerator<Look, void>, clock: StageClock): Promise<Job> {
    let look = await clock.time('waiting', () =>
      this.until(looks, ({ job, events }) => !isWaiting(job) || events.some(({ type }) => type === 'metrics')),
    );
    this.began = performance.now();
    look = await clock.time('training', async (report) => {
      await this.tell(look, report);
      return (await this.until(looks, () => false, report)) ?? look;
    });
    return look!.job;
  }

  outcome(tokens: number): TrainingOutcome {
    const { history, steps } = this.epochs;
    const seconds = (performance.now() - this.began) / 1000;
    const best = history.filter(({ validationLoss, best }) => best && validationLoss !== undefined).at(-1);
    return {
      stopped: 'finished',
      history: history.map(({ epoch, trainLoss, validationLoss }) => ({ epoch, trainLoss, validationLoss })),
      bestEpoch: best?.epoch,
      steps,
      skippedSteps: 0,
      tokens,
      tokensPerSecond: this.memory.isNew && seconds > 1 ? tokens / seconds : undefined,
    };
  }

  /** Tells what is seen until it is enough; gives the last look. */
  private async until(
    looks: AsyncGenerator<Look, void>,
    isEnough: (look: Look) => boolean,
    report?: StageReport,
  ): Promise<Look | undefined> {
    let last: Look | undefined;
    for (;;) {
      const next = await looks.next();
      if (next.done) return last;
      last = next.value;
      if (isEnough(last)) return last;
      await this.tell(last, report);
    }
  }

  private async tell(look: Look | undefined, report?: StageReport): Promise<void> {
    if (!look) return;
    const told = look.job.hyperparameters?.n_epochs;
    if (typeof told === 'number' && told > 0) this.epochs.expect((this.expected = told));
    for (const event of look.events) await this.tellEvent(event);
    this.tellProgress(look.job, report);
  }

  /** At every look, as what was said in a burst of events, or just after a stage began, may not have been passed on. */
  private tellProgress({ estimated_finish: finish }: Job, report?: StageReport): void {
    const { step = 0, steps = 0, trainLoss: loss } = this.last ?? {};
    if (steps === 0) return;
    const secondsLeft = finish ? Math.max(0, finish - Date.now() / 1000) : undefined;
    const facts = { step, steps, epoch: (step / steps) * this.expected, loss };
    report?.(step / steps, { ...facts, ...(secondsLeft !== undefined && { secondsLeft }) });
  }

  private async tellEvent(event: JobEvent): Promise<void> {
    const { emit } = this.context;
    const taken = this.epochs.take(event);
    if (!taken) {
      const level = event.level === 'info' ? 'info' : 'warning';
      if (await this.memory.isNews()) emit(notice(level, event.message));
      return;
    }
    const { step, ended } = taken;
    this.last = step;
    if (!ended || !(await this.memory.isNews())) return;
    const { epoch, trainLoss, validationLoss, best } = ended;
    emit({ event: 'epoch', epoch, epochs: this.expected, trainLoss, validationLoss, best });
  }
}
