import type { Repair } from '../table';
import { phrase } from '../../foundation/phrase';
import type { Said } from '../../foundation/phrase';

const listedLines = 5;

interface Entry {
  readonly describe: (count: number, where: Said) => Said;
  readonly lines: number[];
  count: number;
}

/** Collects what was changed while reading: one `Repair` a kind, with a count and the first lines where it happened. */
export class RepairLog {
  private readonly entries = new Map<string, Entry>();

  /** @param describe the message, from the count and from words for the lines (" on lines 3, 7, …" or ""). */
  note(kind: string, line: number | undefined, describe: Entry['describe']): void {
    let entry = this.entries.get(kind);
    if (!entry) this.entries.set(kind, (entry = { describe, lines: [], count: 0 }));
    entry.count++;
    if (line !== undefined && entry.lines.length <= listedLines) entry.lines.push(line);
  }

  /** The repairs in the order in which their kinds first happened. */
  repairs(): Repair[] {
    return [...this.entries].map(([kind, { describe, lines, count }]) => ({
      kind,
      message: describe(count, onLines(lines)),
      count,
    }));
  }
}

function onLines(lines: readonly number[]): Said {
  if (lines.length === 0) return '';
  if (lines.length === 1) return phrase` on line ${lines[0]!}`;
  const more = lines.length > listedLines ? ', …' : '';
  return phrase` on lines ${lines.slice(0, listedLines).join(', ')}${more}`;
}
