// The platforms that get a package of their own, and which files of ONNX Runtime each needs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Platform and architecture as Node names them, as `vsce package --target` wants them. For Intel Macs there is no native
 * library: their package looks at tables, prompts and finished runs, and says so when it is asked for more.
 */
export const targets = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64', 'win32-x64', 'win32-arm64'];
const withoutLibrary = ['darwin-x64'];

/** @returns {string} the target of this machine, also when no package is made for it */
export function thisTarget() {
  return `${process.platform}-${process.arch}`;
}

/**
 * What stays out although it lies in the platform's folder: providers for graphics cards (we run on the CPU provider;
 * `onnxruntime.dll` loads DirectML only when asked for it), and the second copy of the macOS library under its full
 * version, which nothing links to.
 */
const unneeded = /cuda|tensorrt|directml|dxcompiler|dxil|libonnxruntime\.\d+\.\d+\.\d+\.dylib$/i;

/**
 * @param {string} root the project's folder, with its packages installed
 * @param {string} target one of `targets`
 * @returns {string[]} the files that make ONNX Runtime work on the target, relative to `root`
 */
export function runtimeFiles(root, target) {
  const library = join('node_modules', 'onnxruntime-node');
  const common = join('node_modules', 'onnxruntime-common');
  return [
    ...(withoutLibrary.includes(target) ? [] : nativeFiles(root, join(library, 'bin'), target)),
    join(library, 'package.json'),
    ...scriptsIn(root, join(library, 'dist')),
    join(common, 'package.json'),
    ...scriptsIn(root, join(common, 'dist', 'cjs')),
  ];
}

function nativeFiles(root, versions, target) {
  const [version] = readdirSync(join(root, versions)).filter((name) => name.startsWith('napi-v'));
  const folder = join(versions, version, ...target.split('-'));
  return readdirSync(join(root, folder))
    .filter((name) => !unneeded.test(name))
    .map((name) => join(folder, name));
}

/** The scripts of a folder, with the `package.json` in it that says whether they are modules. */
function scriptsIn(root, folder) {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.js') || name === 'package.json')
    .map((name) => join(folder, name));
}
