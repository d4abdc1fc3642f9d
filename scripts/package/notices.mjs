// THIRD_PARTY_NOTICES: the licences of everything that the bundles hold and of the native library beside them.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildOptions } from '../build.mjs';

/** Licences that let anybody use, change and sell a program that contains the work, given the notice. */
const permissive = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'CC-BY-4.0']);

/** What no bundle holds but the package does. */
const besideBundles = ['onnxruntime-node', 'onnxruntime-common'];

/** Where a package contains the work of others that its own licence file does not name. */
const furtherNotices = {
  'onnxruntime-node': ({ version }) =>
    `Its native library contains further works; their notices are in\nhttps://github.com/microsoft/onnxruntime/blob/v${version}/ThirdPartyNotices.txt`,
};

/** The names of the packages whose code or files are in the bundles, found in what esbuild reports. */
async function bundledPackages() {
  const names = new Set();
  for (const options of buildOptions()) {
    const { metafile } = await build({ ...options, metafile: true, write: false, sourcemap: false });
    for (const input of Object.keys(metafile.inputs)) {
      const name = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
      if (name) names.add(name);
    }
  }
  return [...names];
}

/**
 * @param {string} root the project's folder, with its packages installed
 * @returns {Promise<string>} the text of the notices
 * @throws when a licence is not permissive
 */
export async function thirdPartyNotices(root) {
  const names = [...(await bundledPackages()), ...besideBundles].sort();
  const notices = names.map((name) => noticeOf(join(root, 'node_modules', name)));
  return [
    'LIFT contains the following works of others, each under its own licence.',
    ...notices.map((notice) => `${'─'.repeat(100)}\n${notice}`),
  ]
    .join('\n\n')
    .concat('\n');
}

function noticeOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = manifest;
  if (!isPermissive(license))
    throw new Error(`${name} ${version} is under "${license}", which is not a licence we ship.`);
  const parts = [`${name} ${version}\n${license}`, homepageOf(manifest), licenceText(folder, manifest)];
  return [...parts, furtherNotices[name]?.(manifest)].filter(Boolean).join('\n\n');
}

/** @param {unknown} licence an SPDX expression: one name, or alternatives of which one must be permissive */
export function isPermissive(licence) {
  if (typeof licence !== 'string') return false;
  return licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((name) => permissive.has(name));
}

function homepageOf({ repository, homepage }) {
  const url = typeof repository === 'string' ? repository : (repository?.url ?? homepage);
  return url?.replace(/^git\+/, '').replace(/\.git$/, '');
}

/** The package's own licence file; a few packages have none and only name their licence. */
function licenceText(folder, { author, license }) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (files.length > 0) return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  const standard = new URL(`licences/${license}.txt`, import.meta.url);
  if (!existsSync(standard)) throw new Error(`${folder} holds no licence file, and there is no text of ${license}.`);
  const holder = (typeof author === 'string' ? author : author?.name) ?? 'its authors';
  return readFileSync(standard, 'utf8').trim().replace('<holder>', holder);
}
