import type { RowDetail } from '../../../src/shared/predictions-view';
import type { RowPages } from '../grid/row-pages';
import type { PredictionsHost } from '../view-context';

/** The row that the inspector tells about, and what the host has said of it. */
export class InspectedRow {
  /** Its place in the list; −1 for none. */
  place = -1;
  /** Undefined while it is on its way. */
  detail: RowDetail | undefined;
  private asking = new AbortController();

  constructor(
    private readonly host: PredictionsHost,
    private readonly rows: RowPages,
  ) {}

  /** Its number in the file; −1 while it is not known. */
  get row(): number {
    return this.detail?.row.row ?? -1;
  }

  /** Whether the detail still tells about another row than the one at the place. */
  get isOld(): boolean {
    return this.detail === undefined || this.row !== this.rows.row(this.place)?.row;
  }

  forget(): void {
    this.place = -1;
    this.detail = undefined;
  }

  /**
   * Asks for the row at the place, unless it is known already or has not come itself. Rejects with a `HostError`.
   * @returns whether there is something new to show: not when another row was asked for meanwhile
   */
  async load(): Promise<boolean> {
    const row = this.rows.row(this.place)?.row;
    if (row === undefined || !this.isOld) return false;
    this.asking.abort();
    const asking = new AbortController();
    this.asking = asking;
    try {
      this.detail = await this.host.request('inspect', { row }, asking.signal);
    } catch (error) {
      if (asking.signal.aborted) return false;
      throw error;
    }
    return true;
  }

  /** Tells about a row of the file, wherever it is in the list. */
  async show(place: number, row: number): Promise<void> {
    this.place = place;
    this.detail = await this.host.request('inspect', { row });
  }
}
