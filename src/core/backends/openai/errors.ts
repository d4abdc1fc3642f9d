import * as v from 'valibot';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { HttpAnswer } from '../http/answer';

const Text = v.nullish(v.union([v.string(), v.number()]));
const Said = v.object({ error: v.object({ message: v.string(), code: Text, param: Text }) });

/** What a service says of a request that it refuses: `error` of the body, as OpenAI's API writes it. */
export interface Refusal {
  readonly message: string;
  readonly code: string;
  /** The field that it does not like. */
  readonly param: string;
}

/** A request that the service has understood and refuses: it can be asked in another way, but not again. */
export class RefusedRequest extends LiftError {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
    request: string,
    destination: string,
  ) {
    super(
      refusal.code === 'context_length_exceeded' ? 'prompt-too-long' : 'usage',
      phrase`${capital(destination)} refuses ${request} (status ${status}): ${sentence(refusal.message)}`,
      status === 404 ? 'Check the address (it usually ends in /v1) and the name of the model.' : '',
    );
  }

  /** Whether it is about one of these fields. */
  isAbout(...fields: readonly string[]): boolean {
    const { message, param } = this.refusal;
    return [400, 422].includes(this.status) && fields.some((field) => message.includes(field) || param.includes(field));
  }
}

/** The last day on which OpenAI itself takes new jobs, and on which the models end that it has fine-tuned. */
const lastJobs = '2027-01-06';
const lastModels = '2027-01-14';

/** Said of OpenAI's own service before anything is sent there. */
export const endOfOpenAi = phrase`OpenAI is ending fine-tuning: organisations that have not used it lately can begin no job any more, nobody can after ${lastJobs}, and fine-tuned gpt-4o and gpt-4.1 models stop answering on ${lastModels}.`;

export function isOpenAiItself({ hostname }: URL): boolean {
  return hostname === 'api.openai.com';
}

/** Undefined when the body is no such error. */
export function refusalOf(text: string): Refusal | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Said), text);
  if (!parsed.success) return undefined;
  const { message, code, param } = parsed.output.error;
  return { message: message.slice(0, 500), code: String(code ?? ''), param: String(param ?? '') };
}

/** What neither a pause nor another try can mend, in words. */
export function explainRefusal(destination: string, keySource: string) {
  return ({ status, text }: HttpAnswer): LiftError | undefined => {
    const refusal = refusalOf(text);
    if (status === 401) {
      return new LiftError(
        'unauthorized',
        phrase`${capital(destination)} does not accept the key.`,
        phrase`Check the key: it comes from the key store of the editor, or from ${keySource} on the command line.`,
      );
    }
    if (refusal?.code === 'training_not_available') {
      return new LiftError(
        'unauthorized',
        phrase`${capital(destination)} does not offer fine-tuning to this account: ${sentence(refusal.message)}`,
        phrase`${endOfOpenAi} Fine-tune on this machine, on a Ray cluster, by Hugging Face Jobs, or with another service.`,
      );
    }
    if (refusal?.code === 'insufficient_quota') {
      return new LiftError(
        'unauthorized',
        phrase`The account on ${destination} has no credit left: ${sentence(refusal.message)}`,
        'Add credit there, then resume the run.',
      );
    }
    if (status !== 403 || !refusal) return undefined;
    const message = phrase`${capital(destination)} does not permit this: ${sentence(refusal.message)}`;
    return new LiftError('unauthorized', message, 'Check what the key may do.');
  };
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

function sentence(text: string): string {
  return /[.!?]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
