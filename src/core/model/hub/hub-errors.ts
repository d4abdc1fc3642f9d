import { LiftError } from '../../foundation/lift-error';
import type { HubSettings } from './hub-settings';

/** What a status of the hub means. https://huggingface.co/docs/hub: `X-Error-Code` tells the cases of 401 and 404 apart. */
export function responseError(
  response: Response,
  { id, endpoint, token }: Pick<HubSettings, 'endpoint' | 'token'> & { readonly id: string },
): LiftError {
  const page = `${endpoint}/${id}`;
  const code = response.headers.get('x-error-code');
  const hasToken = token !== undefined;
  if (code === 'GatedRepo' || response.status === 403) {
    return new LiftError(
      'unauthorized',
      hasToken
        ? `${id} is a gated model, and your access token may not read it.`
        : `${id} is a gated model: its licence must be accepted and an access token given.`,
      `Accept the licence at ${page}, and use a token of the same account with the right to read gated models ` +
        `(${endpoint}/settings/tokens).`,
    );
  }
  if (response.status === 401 && hasToken) {
    return new LiftError(
      'unauthorized',
      `The hub refused your access token while asking for ${id}.`,
      `Make a new token at ${endpoint}/settings/tokens, and check the spelling of the model's id.`,
    );
  }
  // To strangers the hub does not tell private models from ones that do not exist.
  if (response.status === 401 || response.status === 404) {
    return new LiftError(
      'model-not-found',
      code === 'EntryNotFound' ? `${response.url} does not exist.` : `There is no public model ${id} at ${endpoint}.`,
      `Check the spelling at ${page}. A private model needs an access token.`,
    );
  }
  return new LiftError(
    'network',
    response.status === 429
      ? `${endpoint} asks to wait: too many requests while downloading ${id} (status 429).`
      : `${endpoint} answered with status ${response.status} while downloading ${id}.`,
    'Try again later; what was downloaded is kept.',
  );
}

/** The error for work without a network: which files are missing, and where to put them. */
export function offlineError(
  id: string,
  endpoint: string,
  missing: readonly string[],
  folder: string,
  cause?: LiftError,
): LiftError {
  const reason = cause ? cause.message : 'Downloads are switched off.';
  return new LiftError(
    cause ? 'network' : 'model-not-found',
    `The model ${id} is not on this computer, or not all of it. ${reason}`,
    `Download ${missing.join(', ')} from ${endpoint}/${id}/tree/main and put ${missing.length === 1 ? 'it' : 'them'} ` +
      `into ${folder}, or name a folder that holds the model instead of ${id}.`,
    cause ? { cause } : undefined,
  );
}
