import type { ChildProcess } from 'node:child_process';
import * as v from 'valibot';
import { LiftError } from '../core/foundation/lift-error';
import { phrase } from '../core/foundation/phrase';
import type { RunEvent } from '../core/run/events';
import { methods, parseFromEngine } from './contract';
import type { FromEngine, Method, RequestOf, ResultOf, ToEngine } from './contract';
import { deathOf } from './engine-death';
import { forkEngine } from './engine-process';
import type { EngineOptions } from './engine-process';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
}

interface Pending {
  readonly method: Method;
  readonly onEvent: CallOptions['onEvent'];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: LiftError) => void;
  /** The run folder, once the engine has said it: an error can then tell how to resume. */
  run?: string;
}

/** Who cancels is to be told within a second, of which a busy machine takes its part for all else. */
const CANCEL_GRACE_MS = 400;
/** Enough to return from a native call and to write a large checkpoint. */
const KILL_AFTER_MS = 15_000;
const SILENCE_LIMIT_MS = 10 * 60_000;
const ERROR_TAIL_CHARACTERS = 4000;

/** The client's side of the engine process: one method a request; every promise settles, even when the engine dies. */
export class EngineClient {
  private readonly pending = new Map<number, Pending>();
  /** Cancelled requests that the engine has not answered yet: nobody waits for them any more. */
  private readonly abandoned = new Map<number, NodeJS.Timeout>();
  private readonly graceMs: number;
  private readonly killAfterMs: number;
  private readonly watchdog: NodeJS.Timeout;
  private nextId = 1;
  private lastWords = '';
  private lastHeard = Date.now();
  private death: LiftError | undefined;
  private settleStart: { resolve: () => void; reject: (error: LiftError) => void } | undefined;

  /** Starts an engine process and waits until it answers. Throws `engine-died` when it does not come up. */
  static async start(options: EngineOptions): Promise<EngineClient> {
    const client = new EngineClient(forkEngine(options), options);
    await new Promise<void>((resolve, reject) => {
      client.settleStart = { resolve, reject };
    });
    return client;
  }

  private constructor(
    private readonly child: ChildProcess,
    options: EngineOptions,
  ) {
    this.graceMs = options.cancelGraceMs ?? CANCEL_GRACE_MS;
    this.killAfterMs = options.killAfterMs ?? KILL_AFTER_MS;
    child.on('message', (raw) => {
      this.receive(raw);
    });
    child.on('exit', (code, signal) => {
      this.die((run) => deathOf(code, signal, this.lastWords, run));
    });
    child.on('error', (error) => {
      this.die(() => new LiftError('engine-died', phrase`The engine process failed: ${error.message}.`));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-ERROR_TAIL_CHARACTERS);
    });
    const silenceLimit = options.silenceLimitMs ?? SILENCE_LIMIT_MS;
    this.watchdog = setInterval(() => {
      if (this.pending.size > 0 && Date.now() - this.lastHeard > silenceLimit) child.kill('SIGKILL');
    }, silenceLimit / 10).unref();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  fineTune(request: RequestOf<'fineTune'>, options?: CallOptions): Promise<ResultOf<'fineTune'>> {
    return this.call('fineTune', request, options);
  }

  plan(request: RequestOf<'plan'>, options?: CallOptions): Promise<ResultOf<'plan'>> {
    return this.call('plan', request, options);
  }

  predict(request: RequestOf<'predict'>, options?: CallOptions): Promise<ResultOf<'predict'>> {
    return this.call('predict', request, options);
  }

  evaluate(request: RequestOf<'evaluate'>, options?: CallOptions): Promise<ResultOf<'evaluate'>> {
    return this.call('evaluate', request, options);
  }

  baselines(request: RequestOf<'baselines'>, options?: CallOptions): Promise<ResultOf<'baselines'>> {
    return this.call('baselines', request, options);
  }

  export(request: RequestOf<'export'>, options?: CallOptions): Promise<ResultOf<'export'>> {
    return this.call('export', request, options);
  }

  generate(request: RequestOf<'generate'>, options?: CallOptions): Promise<ResultOf<'generate'>> {
    return this.call('generate', request, options);
  }

  images(request: RequestOf<'images'>, options?: CallOptions): Promise<ResultOf<'images'>> {
    return this.call('images', request, options);
  }

  study(request: RequestOf<'study'>, options?: CallOptions): Promise<ResultOf<'study'>> {
    return this.call('study', request, options);
  }

  /** Lets a detached engine go on without this process: what is pending here is rejected as cancelled. */
  release(): void {
    this.child.removeAllListeners('exit');
    this.die(() => new LiftError('cancelled', 'The engine goes on without this client.'));
    if (this.child.connected) this.child.disconnect();
    this.child.unref();
  }

  /**
   * Ends the engine; what is under way is rejected as cancelled. An engine that is about to stop a cancelled request is
   * left to do so by itself: it writes its checkpoint and ends.
   */
  async close(): Promise<void> {
    const stopping = this.abandoned.size > 0;
    this.die(() => new LiftError('cancelled', 'The engine was closed.'));
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    if (stopping) {
      if (this.child.connected) this.child.disconnect();
      this.child.unref();
      this.child.stderr?.destroy();
      return;
    }
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }

  /**
   * Asks, and settles exactly once. On abort the engine is told. It cannot interrupt a native call: when it has not
   * answered after the grace period the promise is rejected while the engine stops behind the scenes, and when it has not
   * done so after long it is killed. Checkpoints are written atomically, the last one is on disk in any case.
   */
  private async call<M extends Method>(method: M, request: RequestOf<M>, options?: CallOptions): Promise<ResultOf<M>> {
    if (this.death) throw this.death;
    if (options?.signal?.aborted) throw new LiftError('cancelled', 'Cancelled.');
    const checked = v.parse(methods[method].request, request);
    const id = this.nextId++;
    let grace: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      this.send({ kind: 'cancel', id });
      grace = setTimeout(() => {
        const kill = (): unknown => this.child.kill('SIGKILL');
        this.abandoned.set(id, setTimeout(kill, this.killAfterMs).unref());
        this.take(id)?.reject(new LiftError('cancelled', 'Cancelled.'));
      }, this.graceMs);
    };
    options?.signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return (await new Promise<unknown>((resolve, reject) => {
        this.pending.set(id, { method, onEvent: options?.onEvent, resolve, reject });
        this.lastHeard = Date.now();
        this.send({ kind: 'request', id, method, request: checked });
      })) as ResultOf<M>;
    } finally {
      clearTimeout(grace);
      options?.signal?.removeEventListener('abort', onAbort);
    }
  }

  private send(message: ToEngine): void {
    if (this.child.connected) this.child.send(message);
  }

  private receive(raw: unknown): void {
    this.lastHeard = Date.now();
    let message: FromEngine;
    try {
      message = parseFromEngine(raw, (id) => this.pending.get(id)?.method);
    } catch (error) {
      // An engine that breaks the contract is of another version or defective: nothing it says can be relied on.
      this.die(() => new LiftError('internal', phrase`The engine broke its contract: ${(error as Error).message}.`));
      this.child.kill('SIGKILL');
      return;
    }
    this.dispatch(message);
  }

  private dispatch(message: FromEngine): void {
    if (message.kind === 'result' || message.kind === 'error') {
      clearTimeout(this.abandoned.get(message.id));
      this.abandoned.delete(message.id);
    }
    switch (message.kind) {
      case 'ready':
        this.settleStart?.resolve();
        break;
      case 'heartbeat':
        break;
      case 'event': {
        const pending = this.pending.get(message.id);
        if (pending && message.event.event === 'run') pending.run = message.event.run;
        pending?.onEvent?.(message.event);
        break;
      }
      case 'result':
        this.take(message.id)?.resolve(message.result);
        break;
      case 'error':
        this.take(message.id)?.reject(LiftError.of(message.error));
        break;
    }
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private die(reason: (run: string | undefined) => LiftError): void {
    clearInterval(this.watchdog);
    for (const kill of this.abandoned.values()) clearTimeout(kill);
    this.death ??= reason(undefined);
    this.settleStart?.reject(this.death);
    for (const [id, pending] of this.pending) {
      this.pending.delete(id);
      pending.reject(reason(pending.run));
    }
  }
}
