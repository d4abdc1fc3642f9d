/** A field in which two documents differ, its values as JSON; undefined where a document has no such field. */
export interface FieldDifference {
  /** As the command line names fields: `training.epochs`, `features[age].include`. */
  readonly path: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
}

/**
 * The fields in which two recipes differ, in the order of the documents. Features are told apart by their column, not by
 * their place; a feature that only one of them has is one difference.
 */
export function recipeDifferences(left: unknown, right: unknown, path = ''): FieldDifference[] {
  const [leftFields, rightFields] = [fieldsOf(left), fieldsOf(right)];
  if (leftFields && rightFields) {
    const keys = new Set([...leftFields.keys(), ...rightFields.keys()]);
    return [...keys].flatMap((key) =>
      recipeDifferences(leftFields.get(key), rightFields.get(key), join(path, key, Array.isArray(left))),
    );
  }
  const [leftText, rightText] = [textOf(left), textOf(right)];
  return leftText === rightText ? [] : [{ path, left: leftText, right: rightText }];
}

/** What can be compared part by part: the fields of an object, or the entries of a list that name a column. */
function fieldsOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const columns = value.map((entry: unknown) => columnOf(entry));
  if (columns.includes(undefined)) return undefined;
  return new Map(columns.map((column, index) => [column!, value[index] as unknown]));
}

function columnOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || !('column' in entry)) return undefined;
  return typeof entry.column === 'string' ? entry.column : undefined;
}

function join(path: string, key: string, isEntry: boolean): string {
  if (isEntry) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
