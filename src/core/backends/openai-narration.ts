import type { TrainingOutcome } from '../run/backend';
import type { RunContext } from '../run/events';
import type { StageClock, StageReport } from '../run/stage-clock';
import { isWaiting } from './openai-follow';
import type { Look } from './openai-follow';
import type { OpenAiMemory } from './openai-memory';
import { EpochCollector } from './openai-progress';
import type { Job, JobEvent } from './openai-schemas';

/** Says what a job of a service says, in the words of a local run. */
export class OpenAiNarration {
  private readonly epochs: EpochCollector;
  private began = performance.now();

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
    for (const event of look.events) await this.tellEvent(event, look.job, report);
  }

  private async tellEvent(event: JobEvent, job: Job, report?: StageReport): Promise<void> {
    const { emit } = this.context;
    const taken = this.epochs.take(event);
    if (!taken) {
      const level = event.level === 'info' ? 'info' : 'warning';
      if (await this.memory.isNews()) emit({ event: 'notice', level, message: event.message });
      return;
    }
    const { step, ended } = taken;
    const secondsLeft = job.estimated_finish ? Math.max(0, job.estimated_finish - Date.now() / 1000) : undefined;
    if (step.steps !== undefined && step.steps > 0) {
      const epoch = (step.step / step.steps) * this.expected;
      const facts = { step: step.step, steps: step.steps, epoch, loss: step.trainLoss };
      report?.(step.step / step.steps, { ...facts, ...(secondsLeft !== undefined && { secondsLeft }) });
    }
    if (!ended || !(await this.memory.isNews())) return;
    const { epoch, trainLoss, validationLoss, best } = ended;
    emit({ event: 'epoch', epoch, epochs: this.expected, trainLoss, validationLoss, best });
  }
}
