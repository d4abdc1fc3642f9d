import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export interface EngineOptions {
  /** The bundled `engine.js`. */
  readonly enginePath: string;
  /** Threads of the native runtime; all cores when left out. */
  readonly threads?: number | undefined;
  readonly lowPriority?: boolean;
  /** The engine outlives this process: it finishes the run it has begun, see `startDetachedRun`. */
  readonly detached?: boolean;
  /** Added to this process's environment: where models are kept. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How long a cancelled request may take before its promise is rejected all the same, in ms. */
  readonly cancelGraceMs?: number;
  /** How long the engine may take to end a cancelled request before it is killed, in ms. */
  readonly killAfterMs?: number;
  /** How long the engine may be silent before it counts as hung, in ms. Native calls of minutes are possible. */
  readonly silenceLimitMs?: number;
}

/** Starts `engine.js` as a child that speaks over an IPC channel. */
export function forkEngine(options: EngineOptions): ChildProcess {
  const args: string[] = [];
  if (options.threads !== undefined) args.push('--threads', String(options.threads));
  if (options.lowPriority) args.push('--low-priority');
  if (options.detached) args.push('--detached');
  return fork(options.enginePath, args, {
    serialization: 'advanced',
    detached: options.detached ?? false,
    execArgv: [],
    // A detached engine must not hold a pipe whose reader goes away: writing to it would end the engine.
    stdio: ['ignore', 'ignore', options.detached ? 'ignore' : 'pipe', 'ipc'],
    // In an editor the program that runs this is Electron; this makes it a plain Node. Node itself ignores it.
    env: { ...process.env, ...options.environment, ELECTRON_RUN_AS_NODE: '1' },
  });
}
