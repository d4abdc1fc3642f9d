import * as v from 'valibot';
import { stages } from '../../run/events';

const Losses = v.object({
  epoch: v.number(),
  trainLoss: v.optional(v.number()),
  validationLoss: v.optional(v.number()),
});

/** What a training tells of itself at its end. */
const Training = v.object({
  stopped: v.picklist(['finished', 'patience']),
  history: v.array(Losses),
  bestEpoch: v.nullable(v.number()),
  steps: v.number(),
  skippedSteps: v.number(),
  tokens: v.number(),
  tokensPerSecond: v.nullable(v.number()),
});

const Amount = v.optional(v.number());

/** The lines of a job's log that are for us, see remote/README.md. */
const JobEvent = v.variant('event', [
  v.object({ event: v.literal('begin'), ray: v.string() }),
  v.object({ event: v.literal('notice'), level: v.picklist(['info', 'warning']), message: v.string() }),
  v.object({
    event: v.literal('progress'),
    stage: v.picklist(stages),
    fraction: v.number(),
    secondsLeft: Amount,
    step: Amount,
    steps: Amount,
    epoch: Amount,
    loss: Amount,
    learningRate: Amount,
    tokensPerSecond: Amount,
  }),
  v.object({
    event: v.literal('epoch'),
    epoch: v.number(),
    trainLoss: v.nullable(v.number()),
    validationLoss: v.nullable(v.number()),
    best: v.boolean(),
  }),
  v.object({ event: v.literal('trained'), training: Training }),
  v.object({
    event: v.literal('file'),
    name: v.string(),
    bytes: v.number(),
    sha256: v.string(),
    chunks: v.number(),
  }),
  v.object({ event: v.literal('chunk'), name: v.string(), number: v.number(), data: v.string() }),
  v.object({ event: v.literal('stored'), name: v.string(), place: v.string() }),
  v.object({ event: v.literal('error'), code: v.string(), message: v.string(), hint: v.string() }),
  v.object({ event: v.literal('end') }),
]);
export type JobEvent = v.InferOutput<typeof JobEvent>;
export type JobTraining = v.InferOutput<typeof Training>;

const mark = 'LIFT ';
const JobLine = v.pipe(v.string(), v.parseJson(), JobEvent);

/** Reads a log that grows: gives the events of those lines that are whole and have not been read before. */
export class JobLog {
  private read = 0;
  /** The last lines that are not ours: what libraries print, the trace of a failure. */
  private others: string[] = [];

  /** @param text all of the log so far */
  take(text: string): JobEvent[] {
    // A log that has become shorter is another one: the service has begun a new file.
    if (text.length < this.read) this.read = 0;
    const end = text.lastIndexOf('\n') + 1;
    const lines = text.slice(this.read, end).split('\n');
    this.read = Math.max(this.read, end);
    return lines.flatMap((line) => {
      const trimmed = line.trim();
      if (!trimmed.startsWith(mark)) {
        if (trimmed !== '') this.others = [...this.others.slice(-9), trimmed];
        return [];
      }
      const parsed = v.safeParse(JobLine, trimmed.slice(mark.length));
      return parsed.success ? [parsed.output] : [];
    });
  }

  /** What the job printed last, for an error that it did not explain. */
  get lastWords(): string {
    return (this.others.at(-1) ?? '').slice(0, 300);
  }
}
