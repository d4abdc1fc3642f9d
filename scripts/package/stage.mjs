// Lays out a folder as the package of one platform will hold it.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { buildOptions } from '../build.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { runtimeFiles } from './targets.mjs';

/** What a package may hold of the project; `.vscodeignore` then says which of their files are shipped. */
const shipped = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  '.vscodeignore',
  'docs',
  'media',
  'base-model',
  'remote',
  'l10n',
];

/** Keys of the manifest that only building and testing need. The runtime lies beside the bundles, so nothing is installed. */
const buildKeys = ['private', 'files', 'scripts', 'dependencies', 'devDependencies'];

/**
 * @param {string} root the project's folder, with its packages installed
 * @param {string} target the platform, see `targets`
 * @param {string} folder what it is laid out in; emptied first
 */
export async function stagePackage(root, target, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const translations = readdirSync(root).filter((name) => /^package\.nls(\..+)?\.json$/.test(name));
  for (const name of [...shipped, ...translations]) cpSync(join(root, name), join(folder, name), { recursive: true });

  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const key of buildKeys) delete manifest[key];
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));

  const bundles = buildOptions(join(folder, 'dist')).map((options) => build({ ...options, sourcemap: false }));
  await Promise.all(bundles);
  for (const file of runtimeFiles(root, target)) {
    const place = join(folder, 'dist', file);
    mkdirSync(dirname(place), { recursive: true });
    cpSync(join(root, file), place);
  }
  writeFileSync(join(folder, 'THIRD_PARTY_NOTICES.txt'), await thirdPartyNotices(root));
}
