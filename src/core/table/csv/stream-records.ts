import { CsvIndex } from './csv-index';
import type { BuildOptions } from './csv-index';
import type { SourceOptions } from './inspect-source';
import { isMissingToken } from '../columns/missing-values';
import { readRuns } from './read-rows';
import type { Cell } from '../table';

export interface StreamedRecord {
  /** 0-based record number, the header not counted. */
  readonly rowId: number;
  /** 1-based line on which it starts. */
  readonly lineNumber: number;
  /** As many as the file has columns; missing-value texts are null, everything else stays as it is written. */
  readonly cells: Cell[];
}

export interface StreamOptions extends SourceOptions, Pick<BuildOptions, 'onProgress'> {
  /** Exactly the texts that mean "missing", besides the empty one. */
  readonly missingTokens?: readonly string[];
}

/**
 * All records of a file of any size, in bounded memory. A first pass over the bytes confirms that the file can be read to
 * its end, so that a broken one fails before its first record.
 * @throws LiftError as `readTable` does
 */
export async function* streamRecords(path: string, options: StreamOptions = {}): AsyncGenerator<StreamedRecord> {
  const { signal, onProgress, missingTokens } = options;
  const index = await CsvIndex.open(path, options);
  await index.build({ signal });
  const isMissing = missingTokens
    ? (text: string): boolean => text === '' || missingTokens.includes(text)
    : isMissingToken;
  for await (const batch of readRuns(index, [{ from: 0, to: index.rowCount }], { signal })) {
    for (const { rowId, lineNumber, cells } of batch) {
      yield { rowId, lineNumber, cells: cells.map((text) => (isMissing(text) ? null : text)) };
    }
    const last = batch.at(-1);
    if (last) onProgress?.((last.rowId + 1) / index.rowCount);
  }
}
