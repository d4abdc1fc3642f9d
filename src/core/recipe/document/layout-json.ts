/**
 * JSON for people: two spaces of indent, and whatever fits into a line of 140 columns on one line, so that each feature of a
 * recipe is one line of a diff. The document itself always has a line for each field.
 */
export function layoutJson(value: object): string {
  return `${layout(value, 0, 0, true)}\n`;
}

const width = 140;

/** @param before how many columns stand on the line before the value, `indent` those of the line's indent */
function layout(value: unknown, indent: number, before: number, isDocument = false): string {
  const flat = flatJson(value);
  const isNested = typeof value === 'object' && value !== null && flat.length > 2;
  if (!isNested || (!isDocument && before + flat.length < width)) return flat;
  const inner = ' '.repeat(indent + 2);
  const entries: string[] = Array.isArray(value)
    ? value.map((entry) => inner + layout(entry, indent + 2, indent + 2))
    : Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => {
          const start = `${inner}${JSON.stringify(key)}: `;
          return start + layout(entry, indent + 2, start.length);
        });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.join(',\n')}\n${' '.repeat(indent)}${close}`;
}

/** JSON on one line, with a space after commas, colons and inside braces. */
function flatJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => `${JSON.stringify(key)}: ${flatJson(entry)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
