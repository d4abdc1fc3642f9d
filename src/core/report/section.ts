/** A part of a report: its heading and what is under it, as HTML that needs nothing from outside. */
export interface ReportSection {
  readonly title: string;
  readonly html: string;
}
