/**
 * Estimates the time left from the work done so far, in any unit of cost. What an earlier session had done counts as
 * done, but not towards the pace.
 */
export class WorkMeter {
  private readonly started: number;
  private done: number;
  private tokens = 0;
  private tokenSeconds = 0;

  /**
   * @param total expected work in all
   * @param before of it done in earlier sessions
   * @param now seconds on any steady clock
   */
  constructor(
    private total: number,
    private readonly before: number,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.started = now();
    this.done = before;
  }

  add(work: number): void {
    this.done += work;
  }

  /** Counts tokens that took `seconds`, for the rate; other work (validation, checkpoints) is not in it. */
  addTokens(count: number, seconds: number): void {
    this.tokens += count;
    this.tokenSeconds += seconds;
  }

  /** 0 … 1 */
  get fraction(): number {
    return this.total > 0 ? Math.min(1, this.done / this.total) : 1;
  }

  /** Undefined until something has been done in this session. */
  get secondsLeft(): number | undefined {
    const worked = this.done - this.before;
    if (worked <= 0) return undefined;
    return (Math.max(0, this.total - this.done) * (this.now() - this.started)) / worked;
  }

  /** Undefined until tokens have been counted. */
  get tokensPerSecond(): number | undefined {
    return this.tokenSeconds > 0 ? this.tokens / this.tokenSeconds : undefined;
  }
}
