import { appendFileSync, closeSync, openSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import * as v from 'valibot';
import { throwIfCancelled } from '../../foundation/lift-error';
import { RunEvent } from '../events';
import { throttleProgress } from '../progress/progress-throttle';
import type { RunFolder } from './run-folder';

/**
 * Everything a run says goes to its log as JSON lines, with the time (ISO 8601) in front, and on to `emit`; `write` is for
 * the log alone.
 * A line is written at once, by one call, so that whoever follows the log never reads half of it for long.
 */
export function openRunLog(
  folder: RunFolder,
  emit: (event: RunEvent) => void,
): { write: (event: RunEvent) => void; emit: (event: RunEvent) => void; close: () => void } {
  const file = openSync(folder.log, 'a');
  const write = (event: RunEvent): void => {
    appendFileSync(file, `${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
  };
  return {
    write,
    emit: throttleProgress((event) => {
      write(event);
      emit(event);
    }),
    close: () => {
      closeSync(file);
    },
  };
}

const POLL_MS = 200;
const NEWLINE = 0x0a;

/**
 * Follows the log of a run that another process works on: first what it has said so far, then what it says from now on,
 * until `isOver` answers true after everything was read.
 */
export async function* followRunLog(
  folder: RunFolder,
  isOver: () => Promise<boolean>,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  let offset = 0;
  let unfinished: Buffer = Buffer.alloc(0);
  for (;;) {
    throwIfCancelled(signal);
    const over = await isOver();
    const size = await stat(folder.log).then(
      (found) => found.size,
      () => 0,
    );
    if (size > offset) {
      const bytes = Buffer.concat([unfinished, await readRange(folder.log, offset, size)]);
      offset = size;
      // Cut at the last line end, in bytes: a character of several bytes may be only half there.
      const complete = bytes.lastIndexOf(NEWLINE) + 1;
      unfinished = bytes.subarray(complete);
      const lines = bytes.toString('utf8', 0, complete).split('\n');
      for (const line of lines) {
        const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), RunEvent), line);
        // A line that was cut by a crash, or written by a newer version, is no reason to stop following.
        if (parsed.success) yield parsed.output;
      }
    } else if (over) {
      return;
    } else {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

async function readRange(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
