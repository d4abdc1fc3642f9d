import { stat } from 'node:fs/promises';
import { readTable } from '../../core/table/read-table';
import type { Table } from '../../core/table/table';

/** Enough rows to fit formats and find neighbours for a preview; the run itself reads more. */
const previewRows = 20_000;

/** The table of one recipe, read again only when the file has changed. */
export class TableCache {
  private key = '';
  private table: Promise<Table> | undefined;

  /** Throws as `readTable` does; a failure is not remembered. */
  async read(path: string): Promise<Table> {
    const { mtimeMs, size } = await stat(path);
    const key = `${path} ${mtimeMs} ${size}`;
    if (key !== this.key || this.table === undefined) {
      this.key = key;
      this.table = readTable(path, { maxRows: previewRows });
      this.table.catch(() => {
        this.table = undefined;
      });
    }
    return this.table;
  }
}
