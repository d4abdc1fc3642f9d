import { resolve } from 'node:path';
import { LiftError } from '../core/foundation/lift-error';
import type { BackendChoice } from '../core/run/backend-choice';
import type { Arguments, OptionSpec } from './arguments';

/** Options that say where the work happens. */
export const backendOptions = {
  backend: { type: 'string', value: 'WHERE', help: 'local (the default) or ray, a Ray cluster.' },
  address: {
    type: 'string',
    value: 'URL',
    help: 'Of the cluster: http://127.0.0.1:8265. A token comes from LIFT_RAY_TOKEN.',
  },
  'ca-file': { type: 'string', value: 'PEM', help: 'Certificates to trust beside the usual ones.' },
  header: { type: 'string', value: 'NAME:VALUE', multiple: true, help: 'Sent with every request to the cluster.' },
  workers: { type: 'string', value: 'N', help: 'Workers that train side by side (default: one a GPU, or one).' },
  storage: {
    type: 'string',
    value: 'PLACE',
    help: "A folder or URI of the cluster's own for checkpoints and large results.",
  },
  'no-install': { type: 'boolean', help: 'The cluster has the Python packages already.' },
} as const satisfies Record<string, OptionSpec>;

const ofRay = ['address', 'ca-file', 'header', 'workers', 'storage', 'no-install'] as const;

/** The backend that was asked for; undefined when nothing was said. Throws `usage` for options that do not belong together. */
export function backendChoice(args: Arguments, folder: string): BackendChoice | undefined {
  const kind = args.choice('backend', ['local', 'ray']);
  if (kind !== 'ray') {
    const lonely = ofRay.find((name) => args.flag(name));
    if (lonely) throw new LiftError('usage', `--${lonely} is for a cluster.`, 'Give --backend ray with it.');
    return kind && { kind };
  }
  const address = args.text('address');
  if (address === undefined) {
    throw new LiftError('usage', 'Where is the Ray cluster?', 'Give --address http://HOST:8265, its dashboard.');
  }
  const caFile = args.text('ca-file');
  return {
    kind,
    address,
    caFile: caFile === undefined ? undefined : resolve(folder, caFile),
    headers: headersOf(args.list('header')),
    workers: args.integer('workers', 1),
    storage: args.text('storage'),
    install: !args.flag('no-install'),
  };
}

function headersOf(texts: readonly string[]): Record<string, string> | undefined {
  if (texts.length === 0) return undefined;
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([\w-]+)\s*:\s*(.+)$/u.exec(text) ?? [];
      if (name !== undefined && value !== undefined) return [name, value];
      throw new LiftError('usage', 'A header is written as NAME:VALUE.');
    }),
  );
}
