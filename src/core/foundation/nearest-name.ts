/**
 * The name that a person most likely meant, for "did you mean …?"; undefined when none is near enough.
 *
 * Case, blanks, `_`, `-` and `.` do not count as differences; otherwise up to a third of the letters may be wrong, where a
 * swap of two neighbours is one mistake (optimal string alignment distance; Damerau, 1964). Ties go to the earlier name.
 */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const simpleWanted = simplify(wanted);
  let nearest: string | undefined;
  let smallest = Infinity;
  for (const name of names) {
    const simpleName = simplify(name);
    const limit = Math.max(1, Math.floor(Math.max(simpleWanted.length, simpleName.length) / 3));
    if (Math.abs(simpleWanted.length - simpleName.length) > limit) continue;
    const distance = editDistance(simpleWanted, simpleName);
    if (distance <= limit && distance < Math.max(simpleWanted.length, simpleName.length) && distance < smallest) {
      smallest = distance;
      nearest = name;
    }
  }
  return nearest;
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '');
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours, one each. */
function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const substitution = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      let best = Math.min(substitution, previous[column]! + 1, current[column - 1]! + 1);
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, beforePrevious[column - 2]! + 1);
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length]!;
}
