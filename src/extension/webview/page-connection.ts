import * as v from 'valibot';
import type { Disposable, Webview } from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import { phrase } from '../../core/foundation/phrase';
import type { Events, MessageToPage, ParamsOf, Requests, ResultOf } from '../../shared/rpc';
import { log } from '../log';
import { told } from '../told';

const Message = v.variant('type', [
  v.object({ type: v.literal('request'), id: v.number(), method: v.string(), params: v.unknown() }),
  v.object({ type: v.literal('cancel'), id: v.number() }),
]);

/** One request of a page: what its parameters must look like, since a page is untrusted input, and who answers it. */
export interface Method<Params, Result> {
  readonly params: v.GenericSchema<unknown, Params>;
  readonly answer: (params: Params, signal: AbortSignal) => Result | Promise<Result>;
}

export type Methods<R extends Requests> = { readonly [M in keyof R]: Method<ParamsOf<R, M>, ResultOf<R, M>> };

/**
 * The host's end of a page: answers its requests, sends it events. Every request gets an answer, an error included;
 * what is still running when the page goes away is cancelled.
 */
export class PageConnection<R extends Requests, E extends Events> implements Disposable {
  private readonly running = new Map<number, AbortController>();
  private readonly subscription: Disposable;

  constructor(
    private readonly webview: Webview,
    private readonly methods: Methods<R>,
  ) {
    this.subscription = webview.onDidReceiveMessage((message: unknown) => {
      void this.receive(message);
    });
  }

  send<N extends keyof E & string>(name: N, payload: E[N]): void {
    void this.post({ type: 'event', name, payload });
  }

  dispose(): void {
    this.subscription.dispose();
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
  }

  private async receive(message: unknown): Promise<void> {
    const parsed = v.safeParse(Message, message);
    if (!parsed.success) {
      log.warn(`A page sent a message that is none: ${v.summarize(parsed.issues)}`);
      return;
    }
    const { output } = parsed;
    if (output.type === 'cancel') {
      this.running.get(output.id)?.abort();
      return;
    }
    const controller = new AbortController();
    this.running.set(output.id, controller);
    await this.post(await this.reply(output.id, output.method, output.params, controller.signal));
    this.running.delete(output.id);
  }

  private async reply(id: number, name: string, params: unknown, signal: AbortSignal): Promise<MessageToPage> {
    try {
      if (!Object.hasOwn(this.methods, name))
        throw new LiftError('internal', phrase`A page asked for “${name}”, which nobody answers.`);
      const method = this.methods[name]!;
      const result: unknown = await method.answer(v.parse(method.params, params), signal);
      return { type: 'result', id, result };
    } catch (error) {
      const known = LiftError.from(error);
      if (known.code !== 'cancelled') log.error(`${name}: ${known.message}`);
      return { type: 'error', id, error: told(known) };
    }
  }

  private async post(message: MessageToPage): Promise<void> {
    await this.webview.postMessage(message);
  }
}
