import { setTimeout as sleep } from 'node:timers/promises';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { OpenAiClient } from './client';
import { RefusedRequest } from './errors';
import type { TextFormat } from './examples';
import { ChatAnswer, CompletionAnswer } from './schemas';
import type { AnswerToken } from './scores';

export interface Question {
  readonly prompt: string;
  readonly maxTokens: number;
  /** Ends an answer; empty: it ends by itself. */
  readonly stop: string;
  readonly temperature: number;
  readonly seed: number;
}

export interface Reply {
  readonly text: string;
  /** Undefined when the service tells no log-probabilities. */
  readonly tokens: readonly AnswerToken[] | undefined;
}

/** Whoever can be asked. */
export interface Asks {
  ask(question: Question, wantsScores: boolean, signal: AbortSignal | undefined): Promise<Reply>;
}

/** A model that has just been trained may take a moment until it answers: pauses in milliseconds. */
const appearing: readonly number[] = [1000, 2000, 4000, 8000, 15_000, 30_000];

/**
 * Asks one model of a service. What services differ in is found out by asking: how an answer is kept short, and how many
 * alternatives of each token are told.
 */
export class OpenAiAsker implements Asks {
  private limitField = 'max_tokens';
  private alternatives: number;

  constructor(
    private readonly client: OpenAiClient,
    private readonly model: string,
    private readonly format: TextFormat,
    private readonly pauses: readonly number[] = appearing,
  ) {
    this.alternatives = format === 'chat' ? 20 : 5;
  }

  /** Throws `model-not-found` when the service does not offer the model, `prompt-too-long`, `network`, `unauthorized`. */
  async ask(question: Question, wantsScores: boolean, signal: AbortSignal | undefined): Promise<Reply> {
    for (let wait = 0; ;) {
      throwIfCancelled(signal);
      const alternatives = wantsScores ? this.alternatives : 0;
      const field = this.limitField;
      try {
        return await this.send(question, field, alternatives, signal);
      } catch (error) {
        if (!(error instanceof RefusedRequest)) throw error;
        // Others that asked at the same time may have found out already.
        if (error.isAbout('max_tokens')) {
          if (field === 'max_completion_tokens') throw error;
          this.limitField = 'max_completion_tokens';
        } else if (alternatives > 0 && error.isAbout('logprobs')) {
          this.alternatives = Math.min(this.alternatives, alternatives > 5 ? 5 : 0);
        } else if (error.status === 404) {
          const pause = this.pauses[wait++];
          if (pause === undefined) throw this.notOffered(error);
          await sleep(pause, undefined, { signal }).catch(() => undefined);
        } else throw error;
      }
    }
  }

  private async send(
    { prompt, maxTokens, stop, temperature, seed }: Question,
    limitField: string,
    alternatives: number,
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const shared = {
      model: this.model,
      temperature,
      // The seed tells tries apart; the most probable text needs none, and some services do not know it.
      ...(temperature > 0 && { seed }),
      ...(stop !== '' && { stop: [stop] }),
    };
    if (this.format === 'completion') {
      const body = { ...shared, prompt, max_tokens: maxTokens, ...(alternatives > 0 && { logprobs: alternatives }) };
      const { choices } = await this.client.post(CompletionAnswer, '/completions', body, signal);
      const { text, logprobs } = choices[0]!;
      const scores = logprobs?.token_logprobs;
      const tokens = logprobs?.tokens?.map((token, place): AnswerToken => {
        const told = Object.entries(logprobs.top_logprobs?.[place] ?? {});
        return { token, scores: new Map([...told, [token, scores?.[place] ?? 0] as const]) };
      });
      return { text, tokens: tokens && tokens.length > 0 ? tokens : undefined };
    }
    const messages = [{ role: 'user', content: prompt }];
    const scoring = alternatives > 0 && { logprobs: true, top_logprobs: alternatives };
    const body = { ...shared, messages, [limitField]: maxTokens, ...scoring };
    const { choices } = await this.client.post(ChatAnswer, '/chat/completions', body, signal);
    const { message, logprobs } = choices[0]!;
    const tokens = logprobs?.content?.map(({ token, logprob, top_logprobs: told }): AnswerToken => {
      const others = (told ?? []).map((other) => [other.token, other.logprob] as const);
      return { token, scores: new Map([...others, [token, logprob] as const]) };
    });
    return { text: message.content ?? '', tokens: tokens && tokens.length > 0 ? tokens : undefined };
  }

  private notOffered(cause: RefusedRequest): LiftError {
    return new LiftError(
      'model-not-found',
      phrase`The model ${this.model} does not answer: ${cause.refusal.message}`,
      'Where a trained model has to be deployed first, do so, and resume the run with --deployment NAME (lift.remote.openai.deployment). A retired model is gone for good.',
      { cause },
    );
  }
}
