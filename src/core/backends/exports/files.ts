/** Files that are sent, by their paths there. */
export type ExportedFiles = Map<string, Uint8Array>;

export function jsonFile(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** JSON lines. */
export function linesFile(values: readonly unknown[]): Uint8Array {
  return Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}
