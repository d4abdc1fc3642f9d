/**
 * Makes the VSIX of one platform, with only that platform's ONNX Runtime:
 *
 *   npm run package                              for this machine
 *   npm run package -- --target darwin-arm64     for another platform
 *   npm run package -- --out lift.vsix           instead of dist/lift-vscode-<target>.vsix
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { stagePackage } from './package/stage.mjs';
import { targets, thisTarget } from './package/targets.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The most that a package may weigh, in MiB of the VSIX: one part for the program (measured without the model: 18 on
 * linux-x64, whose library is the largest, 11 to 14 elsewhere), one for the embedded model's weights. A dependency, a
 * second runtime or a picture too many shows here and not at the user's.
 */
const budget = { program: 20, model: 32 };

const { values } = parseArgs({
  options: { target: { type: 'string', default: thisTarget() }, out: { type: 'string' } },
});
const { target } = values;
if (!targets.includes(target)) {
  console.error(`There is no package for ${target}; --target is one of ${targets.join(', ')}.`);
  process.exit(2);
}
const out = resolve(values.out ?? join(root, 'dist', `lift-vscode-${target}.vsix`));
const stage = join(root, '.cache', 'package', `${target}-${process.pid}`);
try {
  await stagePackage(root, target, stage);
  mkdirSync(dirname(out), { recursive: true });
  await createVSIX({
    cwd: stage,
    target,
    packagePath: out,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
} finally {
  rmSync(stage, { recursive: true, force: true });
}
const mebibytes = (path) => statSync(path).size / 2 ** 20;
// Weights are random to a compressor: what they weigh in the package is what they weigh on the disk.
const model = mebibytes(join(root, 'base-model', 'model.safetensors'));
const program = mebibytes(out) - model;
console.log(
  `${out}: program ${program.toFixed(1)} of at most ${budget.program} MiB, model ${model.toFixed(1)} of at most ${budget.model} MiB`,
);
if (program > budget.program || model > budget.model) {
  console.error('The package is over its size budget: see what it holds with `unzip -l`.');
  process.exit(1);
}
