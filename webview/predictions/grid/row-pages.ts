import type { RowRange, RowView } from '../../../src/shared/predictions-view';

const pageRows = 100;
const blockColumns = 64;
/** Pages that are kept; the ones looked at longest ago go first. */
const mostPages = 60;
/** Requests under way at once: while the user scrolls fast, what was passed is not asked for any more. */
const mostRequests = 2;

/** What is being looked at: rows `from` to `to - 1`, of the table's columns those from `columnFrom` to `columnTo - 1`. */
export interface Wanted {
  readonly from: number;
  readonly to: number;
  readonly columnFrom: number;
  readonly columnTo: number;
}

/** The rows of a view that the page has; the rest is asked for as it is looked at, a page of rows and columns at a time. */
export class RowPages {
  private view = 0;
  private readonly pages = new Map<string, readonly RowView[]>();
  private readonly underWay = new Set<string>();
  private wanted: Wanted = { from: 0, to: 0, columnFrom: 0, columnTo: 0 };

  constructor(
    private readonly ask: (range: RowRange) => Promise<readonly RowView[]>,
    private readonly changed: () => void,
  ) {}

  /** @param keep whether the rows are the same as before, only more */
  show(view: number, keep: boolean): void {
    this.view = view;
    if (keep) {
      for (const [key, rows] of this.pages) if (rows.length < pageRows) this.pages.delete(key);
    } else {
      this.pages.clear();
    }
    this.underWay.clear();
    this.load();
  }

  want(wanted: Wanted): void {
    this.wanted = wanted;
    this.load();
  }

  /** A row without regard to its cells; undefined while it is on its way. */
  row(place: number): RowView | undefined {
    const page = Math.floor(place / pageRows);
    const first = Math.floor(this.wanted.columnFrom / blockColumns);
    return (this.pages.get(`${page}:${first}`) ?? this.pages.get(`${page}:0`))?.[place % pageRows];
  }

  /** Undefined while it is on its way. */
  cell(place: number, column: number): string | undefined {
    const page = this.pages.get(`${Math.floor(place / pageRows)}:${Math.floor(column / blockColumns)}`);
    return page?.[place % pageRows]?.cells[column % blockColumns];
  }

  private load(): void {
    for (const { page, block, key } of this.missing()) {
      if (this.underWay.size >= mostRequests) return;
      void this.fetch(page, block, key);
    }
  }

  private *missing(): Generator<{ page: number; block: number; key: string }> {
    const { from, to, columnFrom, columnTo } = this.wanted;
    const lastBlock = Math.floor(Math.max(columnFrom, columnTo - 1) / blockColumns);
    for (let page = Math.floor(from / pageRows); page * pageRows < to; page++) {
      for (let block = Math.floor(columnFrom / blockColumns); block <= lastBlock; block++) {
        const key = `${page}:${block}`;
        const known = this.pages.get(key);
        if (known) {
          // Looked at again: now it is the last one to go.
          this.pages.delete(key);
          this.pages.set(key, known);
        } else if (!this.underWay.has(key)) {
          yield { page, block, key };
        }
      }
    }
  }

  private async fetch(page: number, block: number, key: string): Promise<void> {
    const { view } = this;
    this.underWay.add(key);
    const rows = await this.ask({
      view,
      from: page * pageRows,
      count: pageRows,
      columnFrom: block * blockColumns,
      columnTo: (block + 1) * blockColumns,
    }).catch((): readonly RowView[] => []);
    if (view !== this.view) return;
    this.underWay.delete(key);
    // An empty one too: rows that cannot be read are not asked for again and again; the host says why.
    this.pages.set(key, rows);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= mostPages) break;
      this.pages.delete(oldest);
    }
    this.changed();
    this.load();
  }
}
