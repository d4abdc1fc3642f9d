import type { LiftError } from '../../foundation/lift-error';

/**
 * The log of a job as the hub streams it: server-sent events, each a line of the log. One connection is kept while the job
 * goes on; after one that broke the hub begins from the first line again.
 */
export class HfLog {
  /** The longest that any connection has brought: what is read twice is the same. */
  private longest = '';
  private reading: Promise<void> | undefined;
  private failure: LiftError | undefined;

  /** @param open connects, and gives what is read as text pieces of the stream */
  constructor(
    private readonly open: () => Promise<AsyncIterable<string>>,
    private readonly explain: (error: unknown) => LiftError,
  ) {}

  /**
   * All lines so far.
   * @param patience milliseconds to wait for the end of the stream, which comes when the job is over
   * @throws LiftError when the last connection broke; the next call makes a new one
   */
  async text(patience: number): Promise<string> {
    this.reading ??= this.read();
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
    await Promise.race([this.reading, pause]);
    clearTimeout(timer);
    const { failure } = this;
    if (failure) {
      [this.failure, this.reading] = [undefined, undefined];
      throw failure;
    }
    return this.longest;
  }

  private async read(): Promise<void> {
    let [text, rest] = ['', ''];
    try {
      for await (const piece of await this.open()) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop()!;
        for (const line of lines) text += lineOf(line);
        if (text.length > this.longest.length) this.longest = text;
      }
    } catch (error) {
      this.failure = this.explain(error);
    }
  }
}

/** The line of the log that an event holds; comments and other fields hold none. */
function lineOf(line: string): string {
  if (!line.startsWith('data:')) return '';
  try {
    const { data } = JSON.parse(line.slice(5)) as { data?: unknown };
    return typeof data === 'string' ? `${data.replace(/\n$/, '')}\n` : '';
  } catch {
    return '';
  }
}
