import type { ProgressEvent, Stage } from '../../core/run/events';
import type { Terminal } from '../terminal';
import { durationText } from './duration';
import { shorten } from './text-width';

const names: Record<Stage, string> = {
  reading: 'Reading the table',
  preparing: 'Writing prompts',
  downloading: 'Downloading the model',
  uploading: 'Uploading',
  waiting: 'Waiting for the service',
  training: 'Fine-tuning',
  calibrating: 'Calibrating',
  predicting: 'Predicting',
  fetching: 'Fetching the results',
  baselines: 'Training baselines',
  exporting: 'Exporting',
  studying: 'Studying',
  generating: 'Making rows',
  comparing: 'Comparing with real rows',
};
const BAR_CHARACTERS = 24;

/**
 * Progress for people: one line that redraws itself in a terminal, and where nobody watches (a log file, CI) one plain
 * line for the beginning and the end of each stage.
 */
export class ProgressLine {
  private stage: Stage | undefined;
  private shown = false;

  constructor(private readonly terminal: Terminal) {}

  show(event: ProgressEvent): void {
    if (this.terminal.interactive) {
      this.terminal.err(`\r\u001b[2K${shorten(progressText(event), this.terminal.columns - 1)}`);
      this.shown = true;
    } else if (event.stage !== this.stage) {
      this.terminal.err(`${names[event.stage]} …\n`);
    }
    this.stage = event.stage;
  }

  /** Takes the line away so that other text can be written; the next event draws it again. */
  clear(): void {
    if (this.shown) this.terminal.err('\r\u001b[2K');
    this.shown = false;
  }
}

/** `Fine-tuning  ██████░░░░  57 %  step 40 of 70, loss 0.213, 1,240 tokens/s, 12 s left` */
export function progressText(event: ProgressEvent): string {
  const fraction = Math.min(1, Math.max(0, event.fraction));
  const filled = Math.round(fraction * BAR_CHARACTERS);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_CHARACTERS - filled);
  const facts: string[] = [];
  if (event.step !== undefined && event.steps !== undefined) facts.push(`step ${event.step} of ${event.steps}`);
  if (event.loss !== undefined) facts.push(`loss ${event.loss.toFixed(3)}`);
  if (event.tokensPerSecond !== undefined) {
    facts.push(`${Math.round(event.tokensPerSecond).toLocaleString('en')} tokens/s`);
  }
  if (event.secondsLeft !== undefined) facts.push(`${durationText(event.secondsLeft)} left`);
  const percent = `${Math.floor(fraction * 100)}`.padStart(3);
  return `${names[event.stage].padEnd(21)} ${bar} ${percent} %  ${facts.join(', ')}`.trimEnd();
}
