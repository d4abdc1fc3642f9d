export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** ANSI styles (ECMA-48, select graphic rendition), or the text unchanged when colours are off. */
export function styleFor(colour: boolean): Style {
  const wrap =
    (start: number, end: number) =>
    (text: string): string =>
      colour ? `\u001b[${start}m${text}\u001b[${end}m` : text;
  return { bold: wrap(1, 22), dim: wrap(2, 22), red: wrap(31, 39), green: wrap(32, 39), yellow: wrap(33, 39) };
}
