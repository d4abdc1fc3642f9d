import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import * as v from 'valibot';
import { parseArff } from './arff';
import type { SuiteTable } from './suite';

export interface OpenMlOptions {
  /** Where tables are kept. */
  readonly folder: string;
  /** `https://api.openml.org`, or one that speaks its protocol. */
  readonly server: string;
}

const Names = v.optional(v.union([v.string(), v.array(v.string())]), []);
const Description = v.object({
  data_set_description: v.object({
    name: v.string(),
    url: v.string(),
    default_target_attribute: v.optional(v.string()),
    row_id_attribute: Names,
    ignore_attribute: Names,
  }),
});

/**
 * A table of OpenML by its number, with its default target last and without the columns that it says to ignore; downloaded
 * once (https://www.openml.org/apis). Throws an Error when it cannot be had, or has no single target.
 */
export async function openMlTable(id: number, { folder, server }: OpenMlOptions): Promise<SuiteTable> {
  const file = join(folder, `openml-${id}.json`);
  if (!existsSync(file)) {
    await mkdir(folder, { recursive: true });
    await writeFile(file, JSON.stringify(await download(id, { folder, server })));
  }
  return JSON.parse(await readFile(file, 'utf8')) as SuiteTable;
}

async function download(id: number, { folder, server }: OpenMlOptions): Promise<SuiteTable> {
  const described = JSON.parse(await textAt(`${server}/api/v1/json/data/${id}`)) as unknown;
  const { data_set_description: description } = v.parse(Description, described);
  const { attributes, rows } = parseArff(await textAt(description.url));
  const { default_target_attribute: wanted } = description;
  const target = attributes.findIndex(({ name }) => name === wanted);
  const kind = attributes[target]?.kind;
  if (kind === undefined || kind === 'text') {
    throw new Error(`OpenML table ${id} (${description.name}) has no single class or number as its default target.`);
  }
  const ignored = [description.row_id_attribute, description.ignore_attribute]
    .flat()
    .flatMap((names) => names.split(','));
  const features = attributes.flatMap(({ name }, place) => (place === target || ignored.includes(name) ? [] : [place]));
  const places = [...features, target];
  const answered = rows.filter((cells) => cells[target] !== '');
  const lines = [attributes.map(({ name }) => name), ...answered].map((cells) => places.map((place) => cells[place]));
  // It becomes the name of a file.
  const name = `${description.name.replace(/[^\w.-]/gu, '_')} (${id})`;
  await writeFile(join(folder, `${name}.csv`), stringify(lines));
  return { name, task: kind === 'number' ? 'regression' : 'classification', kind: 'real', folder };
}

async function textAt(url: string): Promise<string> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new Error(`${url} cannot be reached.`, { cause: error });
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status} ${response.statusText}.`);
  return response.text();
}
