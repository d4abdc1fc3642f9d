/** Where the command line writes. Results go to `out`, progress and errors to `err`: a pipe gets results only. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person watches `err`: a bar that redraws itself makes sense only then. */
  readonly interactive: boolean;
  /** Width of `err` in characters. */
  readonly columns: number;
  readonly colour: { readonly out: boolean; readonly err: boolean };
}

/** The terminal of this process. Colours as https://no-color.org asks; FORCE_COLOR as Node understands it. */
export function processTerminal(): Terminal {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const colourOn = (stream: NodeJS.WriteStream): boolean => {
    if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
    if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0';
    return stream.isTTY && TERM !== 'dumb';
  };
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    interactive: process.stderr.isTTY && TERM !== 'dumb',
    columns: process.stderr.columns || 80,
    colour: { out: colourOn(process.stdout), err: colourOn(process.stderr) },
  };
}
