import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A Python program that makes one step for each line it gets and answers with a line of JSON. */
export class PeerProcess {
  private readonly answers: AsyncIterator<string>;

  private constructor(private readonly child: ReturnType<typeof startPython>) {
    this.answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts the program and waits for its first line. */
  static async start(python: string, args: readonly string[]): Promise<PeerProcess> {
    const peer = new PeerProcess(startPython(python, args));
    await peer.answer();
    return peer;
  }

  async step(): Promise<{ seconds: number; memory: number }> {
    this.child.stdin.write('\n');
    return JSON.parse(await this.answer()) as { seconds: number; memory: number };
  }

  async close(): Promise<void> {
    this.child.stdin.end();
    await once(this.child, 'exit');
  }

  private async answer(): Promise<string> {
    const line = await this.answers.next();
    if (line.done === true) throw new Error('The peer has ended; see its output above.');
    return line.value;
  }
}

function startPython(python: string, args: readonly string[]) {
  return spawn(python, args, { stdio: ['pipe', 'pipe', 'inherit'] });
}
