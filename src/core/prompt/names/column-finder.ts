import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { nearestName } from '../../foundation/nearest-name';

/** Finds columns of a table by name, quickly in a table of many. */
export class ColumnFinder {
  private readonly indices: ReadonlyMap<string, number>;

  constructor(private readonly names: readonly string[]) {
    this.indices = new Map(names.map((name, index) => [name, index]));
  }

  /** The index of a column. @throws LiftError `column-missing` with the name that was most likely meant */
  indexOf(column: string): number {
    const index = this.indices.get(column);
    if (index !== undefined) return index;
    const near = nearestName(column, this.names);
    const some = [...this.names.slice(0, 10), ...(this.names.length > 10 ? ['…'] : [])].join(', ');
    const hint = near === undefined ? phrase`It has ${some}.` : phrase`Did you mean "${near}"?`;
    throw new LiftError('column-missing', phrase`The table has no column "${column}".`, hint);
  }
}
