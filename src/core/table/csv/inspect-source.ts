import { stat } from 'node:fs/promises';
import { LiftError, throwIfCancelled } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { fitHeader, numberedNames, uniqueNames } from '../columns/column-names';
import { usualWidth } from './detect-delimiter';
import { detectHeader } from './detect-header';
import type { Encoding } from './encoding';
import { findSeparators } from './find-separators';
import { splitOtherwise } from './fit-row';
import { maxRecordBytes, readHead, recordsOfHead, recordTooLong } from './head';
import type { Head, HeadRecord } from './head';
import type { Separators } from './split-cells';
import type { Repair } from '../table';

/** What a reader may fix instead of letting it be detected. */
export interface SourceOptions {
  /** One character, or "tab". */
  readonly delimiter?: string;
  /** A name of the WHATWG Encoding Standard. */
  readonly encoding?: string;
  /** Whether the first record names the columns. */
  readonly header?: boolean;
  readonly signal?: AbortSignal;
}

/** How a file is written, found from its head; enough to find and read its records. */
export interface SourceInspection {
  readonly path: string;
  readonly bytes: number;
  /** When the file was last modified, in milliseconds since 1970: it must not change between two readings. */
  readonly modified: number;
  readonly encoding: Encoding;
  /** Whether the encoding was asked for, and is not to be questioned. */
  readonly encodingIsGiven: boolean;
  readonly separators: Separators;
  readonly hasHeader: boolean;
  /** Unique names of the columns. */
  readonly names: readonly string[];
  /** Byte offset and 1-based line of the first record: the header when there is one. */
  readonly start: { readonly offset: number; readonly line: number };
  /** In a single column, an empty line is a row with a missing value. */
  readonly keepBlankLines: boolean;
  readonly repairs: readonly Repair[];
}

const headBytes = 256 * 2 ** 10;
const sniffedRecords = 500;

/**
 * Finds encoding, delimiter, quote, header and column names from the head of a file.
 * @throws LiftError `csv-empty` for a file without a record, `csv-invalid` for one of another kind or with an open quote,
 *   `usage` for an unusable option, and what `LiftError.from` makes of a file that cannot be opened.
 */
export async function inspectSource(path: string, options: SourceOptions = {}): Promise<SourceInspection> {
  try {
    return await inspect(path, options);
  } catch (error) {
    throw LiftError.from(error);
  }
}

async function inspect(path: string, options: SourceOptions): Promise<SourceInspection> {
  const stats = await stat(path);
  const { size, mtimeMs } = stats;
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? 'a folder' : 'not a regular file';
    throw new LiftError('file-unreadable', phrase`${path} is ${kind}.`, 'Name a CSV file.');
  }
  for (let limit = headBytes; ; limit *= 4) {
    throwIfCancelled(options.signal);
    const head = await readHead(path, Math.min(limit, Math.max(size, 1)), options.encoding);
    const separators = findSeparators(head, path, options.delimiter);
    const records = recordsOfHead(head, separators, separators.skippedBytes, sniffedRecords);
    if (records.length > 1 || head.whole) {
      if (records.length === 0)
        throw new LiftError('csv-empty', phrase`${path} is empty.`, 'Choose a file with a table.');
      return { path, bytes: size, modified: mtimeMs, ...describe(head, separators, records, options) };
    }
    if (limit > maxRecordBytes) throw recordTooLong(records[0]?.line ?? 1);
  }
}

function describe(
  head: Head,
  separators: Separators,
  records: readonly HeadRecord[],
  options: SourceOptions,
): Omit<SourceInspection, 'path' | 'bytes' | 'modified'> {
  const cells = records.map((record) => record.cells);
  const hasHeader = options.header ?? detectHeader(cells);
  const rows = hasHeader ? cells.slice(1) : cells;
  const usual = usualWidth(rows);
  const header = hasHeader ? fitHeader(splitHeader(records[0]!, usual, separators), rows, usual) : [];
  const { names, repairs } = hasHeader ? uniqueNames(header) : numberedNames(usual);
  const first = records[0]!;
  return {
    encoding: head.encoding,
    encodingIsGiven: options.encoding !== undefined,
    separators: { delimiter: separators.delimiter, quote: separators.quote },
    hasHeader,
    names,
    start: { offset: head.encoding.bomBytes + first.start, line: first.line },
    keepBlankLines: names.length === 1,
    repairs,
  };
}

/** A header that another delimiter splits into as many cells as the rows have is split there. */
function splitHeader(record: HeadRecord, usual: number, separators: Separators): readonly string[] {
  return (record.cells.length === 1 ? splitOtherwise(record, usual, separators) : undefined) ?? record.cells;
}
