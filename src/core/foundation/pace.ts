import { throwIfCancelled } from './lift-error';

const millisecondsBetweenBreaths = 50;

/**
 * Lets long computations share their thread: loops ask `due()` often and, when it says so, await `breathe()`, which gives
 * the event loop a turn (messages, timers) and then throws `cancelled` when the signal has fired.
 */
export class Pace {
  private last = performance.now();

  constructor(private readonly signal?: AbortSignal) {}

  due(): boolean {
    return performance.now() - this.last > millisecondsBetweenBreaths;
  }

  async breathe(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.last = performance.now();
    throwIfCancelled(this.signal);
  }
}
