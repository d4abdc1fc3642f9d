import { spokenName } from '../../prompt/names/spoken-name';
import type { SpokenName } from '../../prompt/names/spoken-name';

/**
 * Spoken names for all columns of a table, different from each other: where two columns would be called the same (`length_cm`
 * and `length_in`), their units stay in the name, and as a last resort the column's own name is used.
 */
export function speakColumns(columns: readonly string[]): ReadonlyMap<string, SpokenName> {
  const spoken = new Map(columns.map((column) => [column, spokenName(column)]));
  for (const column of shared(spoken)) {
    const { name, unit } = spoken.get(column)!;
    spoken.set(column, { name: unit === '' ? column : `${name} in ${unit}`, unit });
  }
  for (const column of shared(spoken)) spoken.set(column, { name: column, unit: spoken.get(column)!.unit });
  return spoken;
}

/** The columns whose spoken name another column has too. */
function shared(spoken: ReadonlyMap<string, SpokenName>): string[] {
  const counts = new Map<string, number>();
  for (const { name } of spoken.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...spoken].filter(([, { name }]) => counts.get(name)! > 1).map(([column]) => column);
}
