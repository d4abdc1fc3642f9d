import { parseNumber } from '../table/columns/parse-number';
import type { Formatter } from './numbers/number-format';

/** What a generated text says. */
export type Answer =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'unreadable'; readonly text: string };

/** How completions are written: `before` + answer + `after` + `end`. */
export interface CompletionFrame {
  readonly before: string;
  readonly after: string;
  readonly end: string;
}

/**
 * Reads class labels back. A text that is exactly a completion wins, the longest one first, whatever signs the label has;
 * then what stands before the first end mark is compared without surrounding blanks, and last without regard to case.
 *
 * @param spoken the answer text of each class, by its label in the table
 */
export function createLabelParser(
  frame: CompletionFrame,
  spoken: ReadonlyMap<string, string>,
): (text: string) => Answer {
  const exact = [...spoken].map(([label, answer]) => ({
    label,
    text: frame.before + answer + frame.after + frame.end,
  }));
  exact.sort((left, right) => right.text.length - left.text.length);
  const trimmed = lookUp(spoken, (answer) => answer.trim());
  const caseless = lookUp(spoken, simplify);
  return (text) => {
    const whole = exact.find((candidate) =>
      frame.end === '' ? text === candidate.text : text.startsWith(candidate.text),
    );
    const body = bodyOf(text, frame);
    const label = whole?.label ?? trimmed.get(body) ?? caseless.get(simplify(body));
    return label === undefined ? { kind: 'unreadable', text } : { kind: 'label', label };
  };
}

const number = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/u;

/** Reads numbers back: the first one before the end mark, after an optional `y=`, as "y=10.35@@@" is 10.35. */
export function createNumberParser(frame: CompletionFrame, formatter: Formatter): (text: string) => Answer {
  return (text) => {
    const body = bodyOf(text, frame).replace(/^y\s*=\s*/u, '');
    const written = parseNumber(body) ?? firstNumber(body);
    return written === undefined ? { kind: 'unreadable', text } : { kind: 'number', value: formatter.invert(written) };
  };
}

function firstNumber(text: string): number | undefined {
  const found = number.exec(text);
  const value = found === null ? NaN : Number(found[0]);
  return Number.isFinite(value) ? value : undefined;
}

/** The answer's part of a text: up to the first end mark, without what the completion template writes around it. */
function bodyOf(text: string, frame: CompletionFrame): string {
  const end = frame.end === '' ? firstLineEnd(text) : text.indexOf(frame.end);
  let body = (end === -1 ? text : text.slice(0, end)).trim();
  const before = frame.before.trim();
  const after = frame.after.trim();
  if (body.startsWith(before)) body = body.slice(before.length);
  if (after !== '' && body.endsWith(after)) body = body.slice(0, -after.length);
  return body.trim();
}

/** Without an end mark an answer ends with its first line that is not blank. */
function firstLineEnd(text: string): number {
  const start = text.search(/\S/u);
  return start === -1 ? -1 : text.indexOf('\n', start);
}

/** Labels by a form of their answer; forms that two labels share are left out. */
function lookUp(spoken: ReadonlyMap<string, string>, form: (answer: string) => string): Map<string, string> {
  const labels = new Map<string, string>();
  const shared = new Set<string>();
  for (const [label, answer] of spoken) {
    const key = form(answer);
    if (labels.has(key)) shared.add(key);
    labels.set(key, label);
  }
  for (const key of shared) labels.delete(key);
  return labels;
}

function simplify(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
}
