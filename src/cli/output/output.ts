import type { LiftError } from '../../core/foundation/lift-error';
import type { RunEvent } from '../../core/run/events';
import type { Terminal } from '../terminal';
import { ProgressLine } from './progress-line';
import { styleFor } from './style';
import type { Style } from './style';

/** What a command says at its end: an object for machines, lines for people. */
export interface Outcome {
  readonly done: Readonly<Record<string, unknown>>;
  readonly lines: (style: Style) => readonly string[];
}

/** How a command speaks: to people, or with `--json` to machines. */
export interface Output {
  readonly event: (event: RunEvent) => void;
  readonly done: (outcome: Outcome) => void;
  readonly error: (error: LiftError) => void;
}

/** JSON lines on standard output and nothing else; the last one says `done` or `error`. */
export function jsonOutput(terminal: Terminal): Output {
  const line = (value: object): void => {
    terminal.out(`${JSON.stringify(value)}\n`);
  };
  return {
    event: (event) => {
      line(event.event === 'notice' ? { event: event.event, level: event.level, message: event.message } : event);
    },
    done: ({ done }) => {
      line({ event: 'done', ...done });
    },
    error: ({ code, message, hint }) => {
      line({ event: 'error', code, message, hint });
    },
  };
}

/** Progress and notices on standard error, results on standard output. */
export function peopleOutput(terminal: Terminal): Output {
  const progress = new ProgressLine(terminal);
  const style = styleFor(terminal.colour.err);
  const say = (text: string): void => {
    progress.clear();
    terminal.err(`${text}\n`);
  };
  return {
    event: (event) => {
      if (event.event === 'progress') progress.show(event);
      else say(eventText(event, style));
    },
    done: ({ lines }) => {
      progress.clear();
      for (const line of lines(styleFor(terminal.colour.out))) terminal.out(`${line}\n`);
    },
    error: ({ code, message, hint }) => {
      // Who has pressed Ctrl-C knows that it is no error.
      say(code === 'cancelled' ? message : `${style.red('Error:')} ${message}`);
      if (hint !== '') say(hint);
    },
  };
}

function eventText(event: Exclude<RunEvent, { event: 'progress' }>, style: Style): string {
  switch (event.event) {
    case 'run':
      return `${event.resumed ? 'Resuming' : 'Run folder'}: ${style.bold(event.run)}`;
    case 'epoch': {
      const validation =
        event.validationLoss === undefined ? '' : `, validation loss ${event.validationLoss.toFixed(4)}`;
      const best = event.best ? ' (best so far)' : '';
      return `Epoch ${event.epoch} of ${event.epochs}: loss ${event.trainLoss.toFixed(4)}${validation}${best}`;
    }
    case 'notice':
      return event.level === 'warning' ? `${style.yellow('Note:')} ${event.message}` : event.message;
  }
}
