import { resolve } from 'node:path';
import { LiftError } from '../core/foundation/lift-error';
import type { BackendChoice, BackendKind, OpenAiChoice, RayChoice } from '../core/run/backend-choice';
import type { Arguments, OptionSpec } from './arguments';

/** Options that say where the work happens. */
export const backendOptions = {
  backend: {
    type: 'string',
    value: 'WHERE',
    help: 'local (the default), ray (a Ray cluster), openai (an OpenAI-compatible API) or hf-jobs (Hugging Face Jobs).',
  },
  address: {
    type: 'string',
    value: 'URL',
    help: 'ray: of the dashboard, http://127.0.0.1:8265. openai: what stands before /files, https://api.openai.com/v1.',
  },
  'key-env': {
    type: 'string',
    value: 'NAME',
    help: 'openai: the environment variable that holds the key (default LIFT_OPENAI_KEY; for ray it is LIFT_RAY_TOKEN).',
  },
  'ca-file': { type: 'string', value: 'PEM', help: 'ray, openai: certificates to trust beside the usual ones.' },
  header: { type: 'string', value: 'NAME:VALUE', multiple: true, help: 'ray, openai: sent with every request.' },
  workers: { type: 'string', value: 'N', help: 'ray: workers that train side by side (default: one a GPU, or one).' },
  storage: {
    type: 'string',
    value: 'PLACE',
    help: "ray: a folder or URI of the cluster's own for checkpoints and large results.",
  },
  'no-install': { type: 'boolean', help: 'ray: the cluster has the Python packages already.' },
  format: { type: 'string', value: 'FORMAT', help: 'openai: rows as chat (the default) or as completion.' },
  'batch-size': { type: 'string', value: 'N', help: 'openai: examples of a step (default: the service decides).' },
  'learning-rate-multiplier': { type: 'string', value: 'X', help: "openai: of the service's own learning rate." },
  deployment: { type: 'string', value: 'NAME', help: 'openai: the name under which the trained model is deployed.' },
  price: { type: 'string', value: 'X', help: 'openai: of a million trained tokens, for the estimate of the cost.' },
  flavor: { type: 'string', value: 'NAME', help: 'hf-jobs: the kind of machine (default t4-small).' },
  minutes: { type: 'string', value: 'N', help: 'hf-jobs: the job is ended after so many minutes (default 60).' },
  namespace: { type: 'string', value: 'NAME', help: 'hf-jobs: the organisation that pays (default: your account).' },
  image: { type: 'string', value: 'IMAGE', help: 'hf-jobs: the container that the program runs in.' },
  'keep-files': { type: 'boolean', help: 'openai: leave the uploaded files there when the run is done.' },
} as const satisfies Record<string, OptionSpec>;

type OptionName = keyof typeof backendOptions;

/** Which options go with which place. */
const optionsOf: Record<BackendKind, readonly OptionName[]> = {
  local: [],
  ray: ['address', 'ca-file', 'header', 'workers', 'storage', 'no-install'],
  'hf-jobs': ['flavor', 'minutes', 'namespace', 'image'],
  openai: [
    ...(['address', 'key-env', 'ca-file', 'header', 'format', 'batch-size'] as const),
    ...(['learning-rate-multiplier', 'deployment', 'price', 'keep-files'] as const),
  ],
};

/** The backend that was asked for; undefined when nothing was said. Throws `usage` for options that do not belong together. */
export function backendChoice(args: Arguments, folder: string): BackendChoice | undefined {
  const kinds = Object.keys(optionsOf) as BackendKind[];
  const kind = args.choice('backend', kinds);
  const allowed = optionsOf[kind ?? 'local'];
  const names = (Object.keys(backendOptions) as OptionName[]).filter((name) => name !== 'backend');
  const lonely = names.find((name) => args.flag(name) && !allowed.includes(name));
  if (lonely !== undefined) {
    const fitting = kinds.filter((other) => optionsOf[other].includes(lonely));
    throw new LiftError(
      'usage',
      `--${lonely} is not for ${kind === undefined || kind === 'local' ? 'this machine' : `--backend ${kind}`}.`,
      `Give it with --backend ${fitting.join(' or ')}.`,
    );
  }
  switch (kind) {
    case undefined:
      return undefined;
    case 'local':
      return { kind };
    case 'ray':
      return rayChoice(args, folder);
    case 'openai':
      return openAiChoice(args, folder);
    case 'hf-jobs': {
      const minutes = args.integer('minutes', 1);
      return {
        kind,
        flavor: args.text('flavor'),
        minutes,
        namespace: args.text('namespace'),
        image: args.text('image'),
      };
    }
  }
}

function rayChoice(args: Arguments, folder: string): RayChoice {
  return {
    kind: 'ray',
    address: addressOf(args, 'Where is the Ray cluster?', 'Give --address http://HOST:8265, its dashboard.'),
    ...connectionOf(args, folder),
    workers: args.integer('workers', 1),
    storage: args.text('storage'),
    install: !args.flag('no-install'),
  };
}

function openAiChoice(args: Arguments, folder: string): OpenAiChoice {
  return {
    kind: 'openai',
    address: addressOf(args, 'Where is the service?', 'Give --address https://api.example.org/v1.'),
    ...connectionOf(args, folder),
    keyVariable: args.text('key-env'),
    format: args.choice('format', ['chat', 'completion']),
    batchSize: args.integer('batch-size', 1),
    learningRateMultiplier: amountOf(args, 'learning-rate-multiplier'),
    deployment: args.text('deployment'),
    price: amountOf(args, 'price'),
    keepFiles: args.flag('keep-files'),
  };
}

function addressOf(args: Arguments, question: string, hint: string): string {
  const address = args.text('address');
  if (address !== undefined) return address;
  throw new LiftError('usage', question, hint);
}

function connectionOf(args: Arguments, folder: string): Pick<RayChoice, 'caFile' | 'headers'> {
  const caFile = args.text('ca-file');
  return { caFile: caFile && resolve(folder, caFile), headers: headersOf(args.list('header')) };
}

function amountOf(args: Arguments, name: 'learning-rate-multiplier' | 'price'): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const amount = Number(text);
  if (text.trim() !== '' && amount > 0 && Number.isFinite(amount)) return amount;
  throw new LiftError('usage', `--${name} is a number above 0, not "${text}".`);
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
