import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export type JsonEvent = { event: string } & Record<string, unknown>;

/** A call of the bundled command line that is under way. */
export class CliProcess {
  private readonly child: ChildProcess;
  private out = '';
  private err = '';
  private readonly lines: ((event: JsonEvent) => void)[] = [];
  readonly ended: Promise<CliResult>;

  constructor(cliPath: string, args: readonly string[], folder: string, options: { uid?: number } = {}) {
    this.child = spawn(process.execPath, [cliPath, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    });
    let rest = '';
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      if (args.includes('--json')) {
        for (const line of lines) for (const listen of this.lines) listen(JSON.parse(line) as JsonEvent);
      }
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code) => {
        resolve({ code, out: this.out, err: this.err });
      });
    });
  }

  /** Calls back for every JSON line of standard output. */
  onEvent(listen: (event: JsonEvent) => void): this {
    this.lines.push(listen);
    return this;
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

/** The JSON lines of standard output. */
export function eventsOf({ out }: CliResult): JsonEvent[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonEvent);
}
