/** A column of an ARFF file. */
export interface ArffAttribute {
  readonly name: string;
  readonly kind: 'number' | 'nominal' | 'text';
}

export interface ArffTable {
  readonly attributes: readonly ArffAttribute[];
  /** Cells as text; empty where they are missing. */
  readonly rows: readonly (readonly string[])[];
}

/** A quoted text with its escapes, or all up to the next comma. */
const fieldPattern = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,]*))\s*,/gy;
const attributePattern = /^@attribute\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+))\s+(.*)$/i;
const numberTypes = ['numeric', 'real', 'integer'];

/**
 * Reads Weka's Attribute-Relation File Format (https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/).
 * Throws an Error for sparse rows, and for rows that have too few or too many cells.
 */
export function parseArff(text: string): ArffTable {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const start = lines.findIndex((line) => /^@data\b/i.test(line));
  if (start < 0) throw new Error('This is no ARFF file: it has no @data.');
  const attributes = lines.slice(0, start).flatMap((line) => attributeOf(line) ?? []);
  const rows = lines.slice(start + 1).filter((line) => line !== '' && !line.startsWith('%'));
  return { attributes, rows: rows.map((line) => cellsOf(line, attributes.length)) };
}

function attributeOf(line: string): ArffAttribute | undefined {
  const match = attributePattern.exec(line);
  if (!match) return undefined;
  const [, single, double, bare, type] = match;
  const isNumber = numberTypes.some((each) => type!.toLowerCase().startsWith(each));
  const kind = isNumber ? 'number' : type!.startsWith('{') ? 'nominal' : 'text';
  return { name: unescaped(single ?? double ?? bare!), kind };
}

function cellsOf(line: string, count: number): string[] {
  if (line.startsWith('{')) throw new Error('The rows of this ARFF file are sparse, which is not read here.');
  const cells = Array.from(`${line},`.matchAll(fieldPattern), ([, single, double, bare]) => {
    const quoted = single ?? double;
    if (quoted !== undefined) return unescaped(quoted);
    return bare!.trim() === '?' ? '' : bare!.trim();
  });
  if (cells.length !== count) throw new Error(`A row of the ARFF file has not ${count} cells: ${line.slice(0, 80)}`);
  return cells;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
