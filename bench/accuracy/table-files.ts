import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { Random } from '../../src/core/foundation/random';
import { galleryDefaults, galleryTable } from '../../src/core/gallery/gallery';
import type { SuiteTable } from './suite';

/** A table as files: what is trained on, and where it is not a part of that, what is tested on. */
export interface TableFiles {
  readonly path: string;
  readonly target: string;
  readonly testPath?: string;
}

/** The paper's functions have 250 noisy rows to learn from and 100 without noise to be judged on. */
const testRows = 100;

/**
 * Finds a real table in `dataFolder` or makes a synthetic one in `workFolder`; undefined when it is not there. With
 * `rowLimit`, a random subset of a larger table.
 */
export async function tableFiles(
  table: SuiteTable,
  { dataFolder, workFolder, rowLimit }: { dataFolder: string; workFolder: string; rowLimit: number },
): Promise<TableFiles | undefined> {
  await mkdir(workFolder, { recursive: true });
  if (table.kind === 'real') {
    const source = join(table.folder ?? dataFolder, `${table.name}.csv`);
    if (!existsSync(source)) return undefined;
    const [header, ...rows]: string[][] = parse(await readFile(source, 'utf8'));
    const target = header!.at(-1)!;
    if (rows.length <= rowLimit) return { path: source, target };
    const drawn = Random.derive(0, `limit ${table.name}`).shuffle(rows).slice(0, rowLimit);
    return { path: await write(join(workFolder, `${table.name}-${rowLimit}.csv`), [header!, ...drawn]), target };
  }
  const { rows: count, noise } = galleryDefaults(table.name);
  const path = join(workFolder, `${table.name}.csv`);
  if (table.kind === 'cloud') {
    const { columns, rows } = galleryTable(table.name, { rows: Math.min(count, rowLimit), seed: 123, noise });
    return { path: await write(path, [columns, ...rows]), target: columns.at(-1)! };
  }
  const { columns, rows } = galleryTable(table.name, { rows: count - testRows, seed: 123, noise });
  const test = galleryTable(table.name, { rows: testRows, seed: 124, noise: 0 });
  return {
    path: await write(path, [columns, ...rows]),
    testPath: await write(join(workFolder, `${table.name}-test.csv`), [test.columns, ...test.rows]),
    target: columns.at(-1)!,
  };
}

async function write(path: string, rows: readonly (readonly string[])[]): Promise<string> {
  await writeFile(path, stringify(rows.map((row) => [...row])));
  return path;
}
