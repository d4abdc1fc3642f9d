import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import type { FromEngine } from './contract';
import { EngineServer } from './engine-server';
import type { Handlers } from './engine-server';

const HEARTBEAT_MS = 1000;
/** How long work may take to stop by itself, checkpoint written, when the client is gone or the system asks to end. */
const STOP_MS = 15_000;
/** Low, but above idle: a desktop stays responsive, and a machine with nothing else to do gives all it has. */
const LOW_PRIORITY = 10;

/**
 * Makes this process an engine. It alone loads the native runtime, whose calls block their thread and whose crash ends
 * its process: so neither an editor nor a terminal ever waits for it or dies with it.
 *
 * Attached (the default) it lives as long as its client. Detached it finishes the run it has begun when the client goes
 * away; what it does then is read from the run folder's log, and a `cancel` file there (or SIGTERM) stops it. Who starts
 * engines for a while only, as tests do, names a process in `LIFT_ENDS_WITH`: they stop when that is gone.
 */
export function serve(handlers: Handlers): void {
  const { values: options } = parseArgs({
    options: {
      threads: { type: 'string' },
      detached: { type: 'boolean', default: false },
      'low-priority': { type: 'boolean', default: false },
    },
  });
  if (options['low-priority']) setPriority(LOW_PRIORITY);

  const send = (message: FromEngine): void => {
    // The callback swallows the error of a channel that closes just now: 'disconnect' says so as well.
    if (process.connected) process.send?.(message, undefined, {}, () => undefined);
  };
  const threads = options.threads === undefined ? undefined : Number(options.threads);
  let stopping = false;
  const server = new EngineServer(handlers, send, threads, () => {
    if (stopping || !process.connected) process.exit();
  });
  const stop = (): void => {
    stopping = true;
    server.leaveAll();
    if (!server.busy) process.exit();
    setTimeout(() => process.exit(), STOP_MS);
  };

  process.on('message', (message) => {
    server.receive(message);
  });
  process.on('disconnect', () => {
    if (!server.busy) process.exit();
    if (!options.detached) stop();
  });
  process.on('SIGTERM', stop);
  // Ctrl-C reaches every process of the terminal; the client decides what it means and says `cancel`.
  process.on('SIGINT', () => undefined);

  // While work is under way this also keeps a detached engine from ending when nothing else is scheduled.
  const keeper = Number(process.env.LIFT_ENDS_WITH);
  setInterval(() => {
    if (keeper > 0 && !stopping && !isRunning(keeper)) stop();
    send({ kind: 'heartbeat', memoryBytes: process.memoryUsage.rss() });
  }, HEARTBEAT_MS);
  send({ kind: 'ready', pid: process.pid });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
