import type { StudyInput } from './study';

/** Makes what all runs of a seed share, such as a network that is trained for them, once for each study and seed. */
export function oncePerSeed<T>(
  make: (input: StudyInput, seed: number) => Promise<T>,
): (input: StudyInput, seed: number) => Promise<T> {
  const made = new WeakMap<StudyInput, Map<number, Promise<T>>>();
  return (input, seed) => {
    const known = made.get(input) ?? new Map<number, Promise<T>>();
    made.set(input, known);
    const found = known.get(seed) ?? make(input, seed);
    known.set(seed, found);
    return found;
  };
}
