import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The last line that the command line prints with `--json`. */
export interface CommandResult {
  readonly event: 'done' | 'error';
  readonly metrics?: {
    readonly test?: Metrics;
    readonly validation?: Metrics;
    readonly modelAlone?: Metrics;
    readonly baselines?: Readonly<Record<string, { readonly test: Metrics; readonly validation: Metrics }>>;
  };
  readonly message?: string;
}

export type Metrics = Readonly<Record<string, number>>;

/** Runs the built command line and returns its last line; what it says on standard error is shown when it fails. */
export async function runLift(args: readonly string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, ['dist/cli.js', ...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) last = line;
  const result = JSON.parse(last) as CommandResult;
  if (result.event === 'error') throw new Error(result.message);
  return result;
}
