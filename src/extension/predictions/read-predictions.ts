import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { l10n } from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import { GrowingNumbers } from './growing-numbers';
import { PredictionSet, TextCodes, splitParts } from './prediction-set';

/**
 * Reads a predictions file (see `predictionsCsv`) row by row, so that the host stays responsive on a large one.
 * Throws `run-invalid` when it is missing or cannot be understood, `cancelled`.
 */
export async function readPredictions(path: string, signal?: AbortSignal): Promise<PredictionSet> {
  let collector: Collector | undefined;
  try {
    const file = createReadStream(path, { ...(signal && { signal }) });
    const records = parse();
    file.on('error', (error) => records.destroy(error));
    for await (const record of file.pipe(records) as AsyncIterable<string[]>) {
      if (collector) collector.add(record);
      else collector = new Collector(record);
    }
    if (!collector) throw new Error(l10n.t('it is empty'));
    return collector.finish();
  } catch (cause) {
    if (signal?.aborted) throw new LiftError('cancelled', 'Cancelled.');
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new LiftError(
      'run-invalid',
      missing
        ? l10n.t('There is no {0}.', path)
        : l10n.t('{0} cannot be understood: {1}.', path, (cause as Error).message),
      missing
        ? l10n.t('The run has no predictions yet: finish or resume it.')
        : l10n.t('The run is damaged; train again.'),
      { cause },
    );
  }
}

type Name = 'row' | 'line' | 'part' | 'truth' | 'prediction' | 'confidence' | 'lower' | 'upper' | 'fallback';

/** Takes the records one after the other, the header first. */
class Collector {
  private readonly columns: ReadonlyMap<string, number>;
  private readonly classes: readonly string[];
  /** Places of the probabilities, in the order of the classes. */
  private readonly probabilityColumns: readonly number[];
  private readonly texts = new TextCodes();
  private readonly rows = GrowingNumbers.integers();
  private readonly lines = GrowingNumbers.integers();
  private readonly parts = GrowingNumbers.of((length) => new Uint8Array(length));
  private readonly truths = GrowingNumbers.integers();
  private readonly predictions = GrowingNumbers.integers();
  private readonly fallbacks = GrowingNumbers.integers();
  private readonly confidences = GrowingNumbers.floats();
  private readonly lowers = GrowingNumbers.floats();
  private readonly uppers = GrowingNumbers.floats();
  private readonly probabilities = GrowingNumbers.of((length) => new Float32Array(length));

  constructor(header: readonly string[]) {
    this.columns = new Map(header.map((name, place) => [name, place]));
    const lacking = (['row', 'line', 'part', 'truth', 'prediction'] as const).find((name) => !this.columns.has(name));
    if (lacking !== undefined) throw new Error(l10n.t('it has no column “{0}”', lacking));
    const labels = header.map((name) => /^p\((.*)\)$/su.exec(name)?.[1]);
    this.probabilityColumns = labels.flatMap((label, place) => (label === undefined ? [] : [place]));
    this.classes = labels.filter((label) => label !== undefined);
  }

  add(record: readonly string[]): void {
    const row = this.number(record, 'row');
    const part = splitParts.findIndex((name) => name === this.text(record, 'part'));
    if (part < 0 || !Number.isInteger(row))
      throw new Error(l10n.t('“{0}” is no predicted row', record.join(',').slice(0, 80)));
    if (row <= (this.rows.last ?? -1)) throw new Error(l10n.t('row {0} is not in the order of the table', row));
    const truth = this.label(record, 'truth');
    this.rows.push(row);
    this.lines.push(this.number(record, 'line'));
    this.parts.push(part);
    this.truths.push(truth === '' ? -1 : this.texts.code(truth));
    this.predictions.push(this.texts.code(this.label(record, 'prediction')));
    this.fallbacks.push(this.texts.code(this.text(record, 'fallback')));
    this.confidences.push(this.number(record, 'confidence'));
    this.lowers.push(this.number(record, 'lower'));
    this.uppers.push(this.number(record, 'upper'));
    for (const column of this.probabilityColumns) this.probabilities.push(numberIn(record[column]));
  }

  finish(): PredictionSet {
    const task = this.columns.has('lower') ? 'regression' : 'classification';
    return new PredictionSet(task, this.classes, this.texts, {
      rows: this.rows.finish(),
      lines: this.lines.finish(),
      parts: this.parts.finish(),
      truths: this.truths.finish(),
      predictions: this.predictions.finish(),
      confidences: this.confidences.finish(),
      probabilities: this.probabilities.finish(),
      lowers: this.lowers.finish(),
      uppers: this.uppers.finish(),
      fallbacks: this.fallbacks.finish(),
    });
  }

  private text(record: readonly string[], name: Name): string {
    const place = this.columns.get(name);
    return place === undefined ? '' : (record[place] ?? '');
  }

  private number(record: readonly string[], name: Name): number {
    return numberIn(this.text(record, name));
  }

  /** A class that looks like a formula was written with an apostrophe in front; the header has it without. */
  private label(record: readonly string[], name: Name): string {
    const text = this.text(record, name);
    const bare = text.slice(1);
    const isGuarded = text.startsWith("'") && this.classes.includes(bare) && !this.classes.includes(text);
    return isGuarded ? bare : text;
  }
}

function numberIn(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text);
}
