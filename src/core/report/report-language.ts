import * as v from 'valibot';
import { tell } from '../foundation/phrase';
import type { Said } from '../foundation/phrase';

/** What a language other than English says, as a request carries it to where a report is written. */
export const Wording = v.object({
  /** As a tag of BCP 47. */
  language: v.string(),
  /** By the English text, with the same placeholders. */
  texts: v.record(v.string(), v.string()),
});
export type Wording = v.InferOutput<typeof Wording>;

/** The language that a report is written in: its texts, and how it writes numbers. */
export class ReportLanguage {
  /** As a tag of BCP 47. */
  readonly tag: string;
  private readonly texts: ReadonlyMap<string, string>;
  private readonly decimalMark: string;

  /** @param wording none for English */
  constructor(wording?: Wording) {
    this.tag = wording?.language ?? 'en';
    this.texts = new Map(Object.entries(wording?.texts ?? {}));
    this.decimalMark = (0.5).toLocaleString(this.tag).charAt(1);
  }

  say(said: Said): string {
    return tell(said, { language: this.tag, translate: (text) => this.texts.get(text) ?? text });
  }

  /** 12,345 or 12.345 */
  count(value: number): string {
    return value.toLocaleString(this.tag);
  }

  /** With so many digits after the decimal mark. */
  fixed(value: number, digits: number): string {
    return this.written(value.toFixed(digits));
  }

  /** A share of 1 in per cent. */
  percent(share: number): string {
    return `${this.fixed(100 * share, 1)} %`;
  }

  /** A number that is written as programs do, with the decimal mark of this language. */
  written(number: string): string {
    return number.replace('.', this.decimalMark);
  }
}

export const englishReport = new ReportLanguage();
