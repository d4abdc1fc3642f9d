/** Keeps the values that were used last: at most `capacity` of them. */
export class LruCache<V> {
  private readonly entries = new Map<string, V>();

  constructor(private readonly capacity: number) {}

  /** The value of a key, made when it is not kept. */
  getOrMake(key: string, make: () => V): V {
    const kept = this.entries.get(key);
    if (kept !== undefined) {
      // A map keeps the order of insertion: put last, it is dropped last.
      this.entries.delete(key);
      this.entries.set(key, kept);
      return kept;
    }
    const made = make();
    this.entries.set(key, made);
    if (this.entries.size > this.capacity) {
      const oldest = this.entries.keys().next();
      if (oldest.done !== true) this.entries.delete(oldest.value);
    }
    return made;
  }
}
