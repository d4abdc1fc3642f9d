import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { l10n } from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import { parseNumber } from '../../core/table/columns/parse-number';
import type { RawRow } from '../../core/table/csv/read-rows';
import type { JoinedRows } from './joined-rows';

export interface ExportOptions {
  /** Puts an apostrophe before cells that a spreadsheet would run as a formula (OWASP, CSV injection). */
  readonly neutralise: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number) => void;
}

/**
 * Writes rows with their predictions as CSV (RFC 4180): the table's columns, then LIFT's. The file appears when it is whole.
 * Throws `usage` when it would replace the table itself, which is never written to; `cancelled`, `disk-full` and the like.
 */
export async function exportRows(
  path: string,
  table: string,
  rows: JoinedRows,
  batches: AsyncIterable<readonly RawRow[]>,
  options: ExportOptions,
): Promise<void> {
  if (await isSameFile(path, table)) {
    throw new LiftError(
      'usage',
      l10n.t('{0} is the table itself, which is never written to.', path),
      l10n.t('Choose another name.'),
    );
  }
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const { signal } = options;
    await pipeline(Readable.from(lines(rows, batches, options)), createWriteStream(unfinished), {
      ...(signal && { signal }),
    });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw LiftError.from(error);
  }
}

async function* lines(
  rows: JoinedRows,
  batches: AsyncIterable<readonly RawRow[]>,
  { neutralise, onProgress }: ExportOptions,
): AsyncGenerator<string> {
  const { reader, run } = rows;
  const classes = run?.set.classes ?? [];
  const isRegression = run?.facts.task === 'regression';
  const measures = isRegression
    ? ['lower', 'upper', 'error']
    : ['confidence', ...classes.map((label) => `p(${label})`)];
  const own = run ? ['row', 'line', 'part', 'truth', 'prediction', ...measures, 'fallback'] : ['row', 'line'];
  const write = (cells: readonly string[]): string => `${cells.map((cell) => csvCell(cell, neutralise)).join(',')}\n`;
  yield write([...(reader?.columns.map(({ name }) => name) ?? []), ...own.map((name) => `lift_${name}`)]);
  let done = 0;
  for await (const batch of batches) {
    const texts = batch.map((raw) => write([...raw.cells, ...ownCells(rows, raw, isRegression)]));
    yield texts.join('');
    onProgress?.((done += batch.length));
  }
}

function ownCells(rows: JoinedRows, raw: RawRow, isRegression: boolean): string[] {
  const view = rows.view(raw, 0, 0);
  const place = [String(view.row), String(view.line)];
  const { run } = rows;
  if (!run) return place;
  const { prediction } = view;
  const probabilities = new Map(rows.probabilitiesOf(view.row).map(({ label, probability }) => [label, probability]));
  const measures = isRegression
    ? [prediction?.lower, prediction?.upper, prediction?.error]
    : [prediction?.confidence, ...run.set.classes.map((label) => probabilities.get(label))];
  return [
    ...place,
    view.part ?? '',
    view.truth ?? '',
    prediction?.text ?? '',
    ...measures.map((value) => (value === undefined ? '' : String(Number(value.toPrecision(7))))),
    prediction?.fallback ?? '',
  ];
}

const formulaStart = /^[=+\-@\t\r]/u;

function csvCell(text: string, neutralise: boolean): string {
  const isFormula = neutralise && formulaStart.test(text) && parseNumber(text) === undefined;
  const safe = isFormula ? `'${text}` : text;
  return /[",\n\r]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function isSameFile(path: string, table: string): Promise<boolean> {
  if (path === table) return true;
  const [one, other] = await Promise.all([path, table].map((file) => realpath(file).catch(() => undefined)));
  return one !== undefined && one === other;
}
