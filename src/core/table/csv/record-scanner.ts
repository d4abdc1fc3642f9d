import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';

/** Code units of a text: bytes of an ASCII superset, or UTF-16 units. */
export type Units = Uint8Array | Uint16Array;

/** Called for each record with the unit offsets of its first unit and past its last (line end excluded), and its line. */
export type RecordSink = (start: number, end: number, line: number) => void;

export interface ScannerStart {
  /** Unit offset in the file of the first unit that will be scanned, which starts a record. */
  readonly offset: number;
  /** 1-based line number there. */
  readonly line: number;
}

const fieldStart = 0; // before the first visible unit of a cell
const unquoted = 1;
const quoted = 2;
const quoteSeen = 3; // a quote inside a quoted cell: its end, or the first of a doubled quote
const afterQuoted = 4;

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Finds where records begin and end, after RFC 4180: a quote at the start of a cell opens it, a doubled quote is a quote,
 * delimiters and line ends inside belong to the cell. Beyond the RFC, as csv-parse reads with `ltrim` and `relax_quotes`:
 * blanks around quotes are skipped; a quote within an unquoted cell is text; after a closing quote that is followed by
 * text, the rest of the cell is unquoted. Lines end at LF, CR LF or CR, as in VS Code, so that line numbers agree.
 *
 * The text comes in pieces of any size; the state between pieces is a few numbers.
 */
export class RecordScanner {
  /** 1-based line number of the next unit. */
  line: number;
  /** Lines without a visible unit, which are not records unless `keepBlankLines`. */
  blankLines = 0;
  private state = fieldStart;
  private position: number;
  private recordStart: number;
  private recordLine: number;
  private hasContent = false;
  private quoteLine = 0;
  private endedInCarriageReturn = false;

  /** @param delimiter, quote code units; a quote of -1 means that nothing is quoted. */
  constructor(
    private readonly delimiter: number,
    private readonly quote: number,
    private readonly keepBlankLines: boolean,
    start: ScannerStart,
  ) {
    this.position = this.recordStart = start.offset;
    this.line = this.recordLine = start.line;
  }

  /** Units since the start of the record that is not complete yet. */
  get pendingUnits(): number {
    return this.position - this.recordStart;
  }

  /** 1-based line on which that record starts. */
  get pendingLine(): number {
    return this.recordLine;
  }

  /** @throws LiftError `csv-invalid` when a cell over several lines has text after its closing quote. */
  scan(units: Units, sink: RecordSink): void {
    const inQuotes = this.state !== fieldStart && this.state !== unquoted;
    const hasQuotes = inQuotes || (this.quote >= 0 && units.includes(this.quote));
    if (!hasQuotes) this.scanWithoutQuotes(units, sink);
    else this.scanWithQuotes(units, sink);
    this.position += units.length;
    if (units.length > 0) this.endedInCarriageReturn = units[units.length - 1] === carriageReturn;
  }

  /**
   * Ends the text: the last record may lack a line end.
   * @throws LiftError `csv-invalid` when a quote is still open.
   */
  finish(sink: RecordSink): void {
    if (this.state === quoted) {
      throw new LiftError(
        'csv-invalid',
        phrase`The quote opened on line ${this.quoteLine} is never closed.`,
        phrase`Close it, or write it twice if it belongs to the text. The file was read to its end, line ${this.line}.`,
      );
    }
    if (this.hasContent || (this.keepBlankLines && this.pendingUnits > 0)) {
      sink(this.recordStart, this.position, this.recordLine);
    }
  }

  private scanWithoutQuotes(units: Units, sink: RecordSink): void {
    for (let at = 0; at < units.length; at++) {
      const unit = units[at]!;
      if (unit > carriageReturn || (unit !== lineFeed && unit !== carriageReturn)) continue;
      this.noteContent(units, at);
      this.endLine(units, at, sink);
    }
    this.noteContent(units, units.length);
    let last = units.length - 1;
    while (last >= 0 && this.isBlank(units[last]!)) last--;
    if (last < 0) return;
    const unit = units[last]!;
    const opensCell = unit === this.delimiter || unit === lineFeed || unit === carriageReturn;
    this.state = opensCell ? fieldStart : unquoted;
  }

  /** Whether the record so far has a visible unit, looking at its units before `end` in this piece. */
  private noteContent(units: Units, end: number): void {
    let at = Math.max(0, this.recordStart - this.position);
    while (at < end && this.isBlank(units[at]!)) at++;
    if (at < end) this.hasContent = true;
  }

  private scanWithQuotes(units: Units, sink: RecordSink): void {
    const { delimiter, quote } = this;
    const length = units.length;
    let state = this.state;
    for (let at = 0; at < length; at++) {
      let unit = units[at]!;
      if (state === quoted) {
        while (unit !== quote && unit !== lineFeed && unit !== carriageReturn && ++at < length) unit = units[at]!;
        if (at === length) break;
        if (unit === quote) state = quoteSeen;
        else if (!this.isSecondOfLineEnd(units, at)) this.line++;
        continue;
      }
      if (state === unquoted) {
        while (unit !== delimiter && unit !== lineFeed && unit !== carriageReturn && ++at < length) unit = units[at]!;
        if (at === length) break;
      }
      if (unit === lineFeed || unit === carriageReturn) {
        this.endLine(units, at, sink);
        state = fieldStart;
      } else if (unit === delimiter) {
        this.hasContent = true;
        state = fieldStart;
      } else if (unit === quote && state !== afterQuoted) {
        if (state === fieldStart) this.quoteLine = this.line;
        this.hasContent = true;
        state = quoted;
      } else if (this.isBlank(unit)) {
        if (state === quoteSeen) state = afterQuoted;
      } else {
        if (state !== fieldStart) this.checkStrayText();
        this.hasContent = true;
        state = unquoted;
      }
    }
    this.state = state;
  }

  private endLine(units: Units, at: number, sink: RecordSink): void {
    const offset = this.position + at;
    if (this.isSecondOfLineEnd(units, at)) {
      this.recordStart = offset + 1;
      return;
    }
    if (this.hasContent || this.keepBlankLines) sink(this.recordStart, offset, this.recordLine);
    else this.blankLines++;
    this.recordStart = offset + 1;
    this.recordLine = ++this.line;
    this.hasContent = false;
  }

  /** Whether this unit is the LF of a CR LF. */
  private isSecondOfLineEnd(units: Units, at: number): boolean {
    if (units[at] !== lineFeed) return false;
    return at > 0 ? units[at - 1] === carriageReturn : this.endedInCarriageReturn;
  }

  private isBlank(unit: number): boolean {
    return (unit === 32 || unit === 9) && unit !== this.delimiter;
  }

  /** Text after a closing quote is taken as it stands on one line; over several lines the quote was hardly meant. */
  private checkStrayText(): void {
    if (this.line === this.quoteLine) return;
    throw new LiftError(
      'csv-invalid',
      phrase`The quote opened on line ${this.quoteLine} is not closed where its cell ends: on line ${this.line} text follows a closing quote.`,
      phrase`Close the quote on line ${this.quoteLine}, or write a quote twice if it belongs to the text.`,
    );
  }
}
