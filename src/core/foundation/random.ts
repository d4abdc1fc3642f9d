/**
 * A seeded pseudo-random generator: xoshiro128** (Blackman and Vigna, 2018), seeded through SplitMix32.
 * Its four words of state can be saved and restored, so that a resumed run continues the very same sequence.
 */
export class Random {
  private readonly state = new Uint32Array(4);

  constructor(seed: number) {
    let word = seed >>> 0;
    for (let index = 0; index < 4; index++) {
      word = (word + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      this.state[index] = (mixed ^ (mixed >>> 15)) >>> 0;
    }
  }

  /** A generator that is independent of this one, named by a label: the same seed and label give the same sequence. */
  static derive(seed: number, label: string): Random {
    let hash = (seed ^ 0x811c9dc5) >>> 0;
    for (const character of label) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
    return new Random(hash);
  }

  static restore(state: readonly number[]): Random {
    const random = new Random(0);
    random.state.set(state);
    return random;
  }

  save(): number[] {
    return [...this.state];
  }

  /** A uniform integer in [0, 2^32). */
  nextUint32(): number {
    const s = this.state;
    const scrambled = Math.imul(s[1]!, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = (s[3]! << 11) | (s[3]! >>> 21);
    return result;
  }

  /** A uniform number in [0, 1) with 32 bits of randomness. */
  next(): number {
    return this.nextUint32() / 0x1_0000_0000;
  }

  /** A uniform integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** A standard normal number (Box and Muller, 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const kept = items[last];
      items[last] = items[other];
      items[other] = kept;
    }
    return items;
  }
}
