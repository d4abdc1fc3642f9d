import { isIPv4 } from 'node:net';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';

/** What to say of an address that will not do. */
export interface AddressAdvice {
  /** How such an address looks. */
  readonly example: string;
  /** How the key is given instead. */
  readonly keySource: string;
}

/** The address of a server, as the user gives it. Throws `usage` when it is no http address, or holds a password. */
export function checkedAddress(text: string, { example, keySource }: AddressAdvice): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new LiftError('usage', phrase`"${text}" is no address of a server.`, phrase`Write it like ${example}.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new LiftError(
      'usage',
      'The address holds a name or a password, and would be written to the run folder with them.',
      phrase`Give the address without them, and the key by ${keySource} or the editor.`,
    );
  }
  url.search = '';
  url.hash = '';
  return url;
}

/** Whether a server can be reached from this machine only. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}
