import { randomInt } from 'node:crypto';

/** A pause that many clients do not all make alike: 80 to 120 % of it. No result depends on it. */
export function withJitter(milliseconds: number): number {
  return (milliseconds * randomInt(80, 121)) / 100;
}

export interface Pauses {
  /** Milliseconds after something has happened. */
  readonly least: number;
  /** Milliseconds when nothing happens for long. */
  readonly most: number;
}

/** Pauses between two looks at a job: short after news, longer and longer while there are none. */
export class BackOff {
  private pause: number;

  constructor(private readonly pauses: Pauses) {
    this.pause = pauses.least;
  }

  news(): void {
    this.pause = this.pauses.least;
  }

  next(): number {
    const { pause } = this;
    this.pause = Math.min(pause * 1.5, this.pauses.most);
    return withJitter(pause);
  }
}
