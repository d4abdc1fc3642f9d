import * as v from 'valibot';
import { LiftError } from '../core/foundation/lift-error';
import { leaving } from '../core/run/backend';
import type { RunContext } from '../core/run/events';
import { methods, ToEngine } from './contract';
import type { FromEngine, Method, RequestOf, ResultOf } from './contract';
import { throttleProgress } from '../core/run/progress/progress-throttle';

/** What the engine does for each method. */
export type Handlers = { [M in Method]: (request: RequestOf<M>, context: RunContext) => Promise<ResultOf<M>> };

/** The engine's side of the wire: takes messages in, calls the handlers, sends exactly one answer for each request. */
export class EngineServer {
  private readonly running = new Map<number, AbortController>();

  constructor(
    private readonly handlers: Handlers,
    private readonly send: (message: FromEngine) => void,
    private readonly threads: number | undefined,
    private readonly onIdle: () => void,
  ) {}

  /** Takes one message as it came off the wire; a malformed one is a defect of the other side and is not answered. */
  receive(raw: unknown): void {
    const message = v.parse(ToEngine, raw);
    if (message.kind === 'cancel') this.running.get(message.id)?.abort();
    else void this.answer(message.id, message.method, message.request);
  }

  /** Ends everything that is under way here; what happens elsewhere goes on there. */
  leaveAll(): void {
    for (const controller of this.running.values()) controller.abort(leaving);
  }

  get busy(): boolean {
    return this.running.size > 0;
  }

  private async answer(id: number, method: Method, raw: unknown): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const request = v.parse(methods[method].request, raw);
      // The parser of the method has just made it the request of that method, which the compiler cannot follow.
      const handle = this.handlers[method] as (request: unknown, context: RunContext) => Promise<ResultOf<Method>>;
      const result = await handle(request, {
        signal: controller.signal,
        threads: this.threads,
        emit: throttleProgress((event) => {
          this.send({ kind: 'event', id, event });
        }),
      });
      this.send({ kind: 'result', id, result });
    } catch (error) {
      this.send({ kind: 'error', id, error: onTheWire(error) });
    } finally {
      this.running.delete(id);
      if (!this.busy) this.onIdle();
    }
  }
}

/** The error without its stack; what is not ours also leaves its stack on the engine's error stream. */
function onTheWire(error: unknown): Extract<FromEngine, { kind: 'error' }>['error'] {
  const typed = LiftError.from(error);
  if (typed.code === 'internal') console.error(error);
  return typed.parts;
}
