// The Python of tests: a virtual environment that clones share, with PyTorch, transformers and peft for the parity tests, and
// beside them, where they can be had, the packages of a Ray cluster for the tests of remote runs.
// Nothing that users run needs it: where it cannot be had, those tests are skipped and say so.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const parity = join(root, 'test', 'python-requirements.txt');
const cluster = join(root, 'test', 'ray-requirements.txt');
/** What a job takes along, which the packages of the cluster include. */
const job = join(root, 'remote', 'requirements.txt');

function run(command, args) {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

function hashOf(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

function install(interpreter, requirements) {
  const quietly = ['--quiet', '--retries', '0', '--requirement', requirements];
  return run(interpreter, ['-m', 'pip', 'install', ...quietly]);
}

/** The interpreter of the environment with the packages for parity; undefined when it cannot be had here. */
function environment() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'lift-vscode', `python-${hashOf(parity)}`);
  const interpreter =
    process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return { folder, interpreter };
  const system = process.platform === 'win32' ? 'python' : 'python3';
  console.log('\n── Python packages for the parity tests (once)');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (run(system, ['-m', 'venv', folder]) && install(interpreter, parity)) {
    writeFileSync(complete, '');
    return { folder, interpreter };
  }
  console.log('No Python with PyTorch here: the parity tests are skipped.');
  rmSync(folder, { recursive: true, force: true });
  return undefined;
}

/** Whether the environment has the packages of a cluster, too. */
function withCluster({ folder, interpreter }) {
  const complete = join(folder, `complete-ray-${hashOf(cluster, job)}`);
  if (existsSync(complete)) return true;
  console.log('\n── Python packages for the tests on a Ray cluster (once)');
  if (install(interpreter, cluster)) {
    writeFileSync(complete, '');
    return true;
  }
  console.log('No Ray for this Python here: the tests on a Ray cluster are skipped.');
  return false;
}

/**
 * The variables that tell tests the interpreter's path: none of what cannot be had here, or was given already.
 * @returns {Record<string, string>}
 */
export function ensurePython() {
  if (process.env.LIFT_PYTHON) return {};
  const own = environment();
  if (!own) return {};
  const hasCluster = !process.env.LIFT_RAY_PYTHON && withCluster(own);
  return { LIFT_PYTHON: own.interpreter, ...(hasCluster && { LIFT_RAY_PYTHON: own.interpreter }) };
}
