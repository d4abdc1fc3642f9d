import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
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
        ? phrase`${id} is a gated model, and your access token may not read it.`
        : phrase`${id} is a gated model: its licence must be accepted and an access token given.`,
      phrase`Accept the licence at ${page}, and use a token of the same account with the right to read gated models (${endpoint}/settings/tokens).`,
    );
  }
  if (response.status === 401 && hasToken) {
    return new LiftError(
      'unauthorized',
      phrase`The hub refused your access token while asking for ${id}.`,
      phrase`Make a new token at ${endpoint}/settings/tokens, and check the spelling of the model's id.`,
    );
  }
  // To strangers the hub does not tell private models from ones that do not exist.
  if (response.status === 401 || response.status === 404) {
    return new LiftError(
      'model-not-found',
      code === 'EntryNotFound'
        ? phrase`${response.url} does not exist.`
        : phrase`There is no public model ${id} at ${endpoint}.`,
      phrase`Check the spelling at ${page}. A private model needs an access token.`,
    );
  }
  return new LiftError(
    'network',
    response.status === 429
      ? phrase`${endpoint} asks to wait: too many requests while downloading ${id} (status 429).`
      : phrase`${endpoint} answered with status ${response.status} while downloading ${id}.`,
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
  return new LiftError(
    cause ? 'network' : 'model-not-found',
    cause
      ? phrase`The model ${id} is not on this computer, or not all of it. ${cause.said.message}`
      : phrase`The model ${id} is not on this computer, or not all of it. Downloads are switched off.`,
    missing.length === 1
      ? phrase`Download ${missing[0]!} from ${endpoint}/${id}/tree/main and put it into ${folder}, or name a folder that holds the model instead of ${id}.`
      : phrase`Download ${missing.join(', ')} from ${endpoint}/${id}/tree/main and put them into ${folder}, or name a folder that holds the model instead of ${id}.`,
    cause ? { cause } : undefined,
  );
}
