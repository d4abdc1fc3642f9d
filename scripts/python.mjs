// A Python with PyTorch, transformers and peft for the parity tests, in a virtual environment that clones share.
// Nothing that users run needs it: where it cannot be had, those tests are skipped and say so.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const requirements = join(root, 'test', 'python-requirements.txt');

function run(command, args) {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/** @returns {string | undefined} the interpreter's path, or undefined when the packages cannot be installed here */
export function ensurePython() {
  if (process.env.LIFT_PYTHON) return process.env.LIFT_PYTHON;
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'lift-vscode', `python-${hash}`);
  const interpreter =
    process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return interpreter;

  const system = process.platform === 'win32' ? 'python' : 'python3';
  console.log('\n── Python packages for the parity tests (once)');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const installed =
    run(system, ['-m', 'venv', folder]) &&
    run(interpreter, ['-m', 'pip', 'install', '--quiet', '--retries', '0', '--requirement', requirements]) &&
    run(interpreter, ['-c', `open(${JSON.stringify(complete)}, 'w').close()`]);
  if (installed) return interpreter;
  console.log('No Python with PyTorch here: the parity tests are skipped.');
  rmSync(folder, { recursive: true, force: true });
  return undefined;
}
