import dns from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';

type Done = (error: null, address: string | LookupAddress[], family?: number) => void;

/**
 * Lets a name of the network stand for this machine, so that a test meets no one else under it. Gives what ends that.
 */
export function namesOnLoopback(name: string): () => void {
  const real = dns.lookup;
  const lookup = (host: string, options: LookupOptions, done: Done): void => {
    if (host !== name) real(host, options, done as never);
    else if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(null, '127.0.0.1', 4);
  };
  dns.lookup = lookup as typeof dns.lookup;
  return () => {
    dns.lookup = real;
  };
}
