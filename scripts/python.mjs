// Pythons for tests: one with PyTorch, transformers and peft for parity, one with a Ray cluster for remote runs. Each is a
// virtual environment that clones share.
// Nothing that users run needs it: where it cannot be had, those tests are skipped and say so.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const kinds = {
  parity: { file: 'python-requirements.txt', variable: 'LIFT_PYTHON', what: 'PyTorch', tests: 'the parity tests' },
  ray: { file: 'ray-requirements.txt', variable: 'LIFT_RAY_PYTHON', what: 'Ray', tests: 'the tests on a Ray cluster' },
};

function run(command, args) {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/**
 * @param {keyof typeof kinds} kind
 * @returns {Record<string, string>} the variable that tells tests the interpreter's path; none when it cannot be had here
 */
export function ensurePython(kind) {
  const { file, variable, what, tests } = kinds[kind];
  const requirements = join(root, 'test', file);
  if (process.env[variable]) return { [variable]: process.env[variable] };
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'lift-vscode', `python-${hash}`);
  const interpreter =
    process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return { [variable]: interpreter };

  const system = process.platform === 'win32' ? 'python' : 'python3';
  console.log(`\n── Python packages for ${tests} (once)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const installed =
    run(system, ['-m', 'venv', folder]) &&
    run(interpreter, ['-m', 'pip', 'install', '--quiet', '--retries', '0', '--requirement', requirements]) &&
    run(interpreter, ['-c', `open(${JSON.stringify(complete)}, 'w').close()`]);
  if (installed) return { [variable]: interpreter };
  console.log(`No Python with ${what} here: ${tests} are skipped.`);
  rmSync(folder, { recursive: true, force: true });
  return {};
}
