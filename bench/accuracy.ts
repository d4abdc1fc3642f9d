import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { besides, measureBeside } from './accuracy/beside';
import type { Measurement } from './accuracy/measure';
import { measure } from './accuracy/measure';
import { openMlTable } from './accuracy/openml';
import { report } from './accuracy/report';
import { reportBeside } from './accuracy/report-beside';
import { suite } from './accuracy/suite';
import { tableFiles } from './accuracy/table-files';

const usage = `node bench/run.mjs accuracy [options]     (build first: npm run build)
Fine-tunes on every table of the suite with the command line's default recipe, and compares with baselines on the same split.
  --data FOLDER       where the real tables are, NAME.csv with the target last (../shared/data); missing ones are skipped
  --tables A,B,…      some of: ${suite.map(({ name }) => name).join(', ')}
  --openml 31,40981   tables of openml.org by their numbers, beside those of --tables
  --openml-server URL another server of its kind (https://api.openml.org)
  --seeds 0,1,2       seeds of split and training (0)
  --limit-rows N      a random part of larger tables
  --set FIELD=VALUE   changes the recipe, e.g. model.id=FOLDER or training.epochs=2; may be repeated
  --beside A,B        also other ways of using the model, compared without pooling: read (it learns nothing), random (weights), plain
                      (fine-tuned without rows in the prompt), plainRandom
  --out FOLDER        results.json and report.md; what is there is not measured again (.cache/accuracy)`;

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    tables: { type: 'string' },
    openml: { type: 'string' },
    'openml-server': { type: 'string', default: 'https://api.openml.org' },
    seeds: { type: 'string', default: '0' },
    'limit-rows': { type: 'string', default: 'Infinity' },
    set: { type: 'string', multiple: true, default: [] },
    beside: { type: 'string', default: '' },
    out: { type: 'string', default: '.cache/accuracy' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(usage);
  process.exit(0);
}
const openMl = options.openml?.split(',').map(Number) ?? [];
const wanted = options.tables?.split(',') ?? (options.openml === undefined ? suite.map(({ name }) => name) : []);
if (!openMl.every(Number.isInteger)) {
  console.error(`--openml takes numbers, as in 31,40981.\n${usage}`);
  process.exit(2);
}
const beside = options.beside === '' ? [] : options.beside.split(',');
const unknownBeside = beside.filter((name) => !besides.some((known) => known === name));
if (unknownBeside.length > 0) {
  console.error(`--beside takes ${besides.join(', ')}, not ${unknownBeside.join(', ')}.\n${usage}`);
  process.exit(2);
}
const unknown = wanted.filter((name) => !suite.some((table) => table.name === name));
if (unknown.length > 0) {
  console.error(`The suite has no table ${unknown.join(', ')}.\n${usage}`);
  process.exit(2);
}

const resultsFile = join(options.out, 'results.json');
await mkdir(options.out, { recursive: true });
const tables = suite.filter(({ name }) => wanted.includes(name));
try {
  for (const id of openMl) {
    tables.push(await openMlTable(id, { folder: join(options.out, 'openml'), server: options['openml-server'] }));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const measurements: Measurement[] = existsSync(resultsFile)
  ? (JSON.parse(await readFile(resultsFile, 'utf8')) as Measurement[])
  : [];
for (const table of tables) {
  const files = await tableFiles(table, {
    dataFolder: options.data,
    workFolder: join(options.out, 'tables'),
    rowLimit: Number(options['limit-rows']),
  });
  if (files === undefined) {
    console.error(`${table.name}: skipped, it is not in ${options.data}`);
    continue;
  }
  for (const seed of options.seeds.split(',').map(Number)) {
    const asked = { seed, settings: options.set, workFolder: options.out };
    const done = measurements.find((each) => each.table === table.name && each.seed === seed);
    let measured = done ?? (await measure(table, files, asked));
    if (!done) await keep(measured);
    for (const name of measured.alone ? besides.filter((each) => beside.includes(each)) : []) {
      if (measured[name]) continue;
      measured = { ...measured, [name]: await measureBeside(name, table, files, asked) };
      await keep(measured);
    }
    console.error(
      `${table.name}, seed ${seed}: ${measured.lift.toPrecision(4)} (validation ${measured.liftValidation.toPrecision(4)}), ${measured.seconds.toFixed(0)} s`,
    );
  }
}
const lines = [...report(tables, measurements), ...reportBeside(tables, measurements)];
await writeFile(join(options.out, 'report.md'), lines.join('\n'));
console.log(lines.join('\n'));

/** In place of what was known of the table with this seed. */
async function keep(measured: Measurement): Promise<void> {
  const place = measurements.findIndex(({ table, seed }) => table === measured.table && seed === measured.seed);
  measurements.splice(place < 0 ? measurements.length : place, 1, measured);
  await writeFile(resultsFile, JSON.stringify(measurements, undefined, 2));
}
