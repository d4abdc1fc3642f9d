// `npm test`: everything that must hold before a change lands, in the order in which it fails fastest.
// The last line counts the tests in a form that people and machines can read.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePython } from './python.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const report = join(root, '.cache', 'test-report.json');

function step(title, command, args, environment = {}) {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

const checks = [
  ['formatting', 'npx', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['types', 'npx', ['tsc', '--project', '.']],
  ['types of the pages', 'npx', ['tsc', '--project', 'webview']],
  ['types of the page tests', 'npx', ['tsc', '--project', 'test/webview']],
  ['lint', 'npx', ['eslint', '--max-warnings', '0', '.']],
  ['build', 'node', ['scripts/build.mjs']],
];
const failedChecks = checks.filter(([title, command, args]) => !step(title, command, args)).map(([title]) => title);

mkdirSync(dirname(report), { recursive: true });
rmSync(report, { force: true });
const passedTests = step(
  'tests',
  'npx',
  ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ensurePython(),
);

const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
const passed = (counts?.numPassedTests ?? 0) + checks.length - failedChecks.length;
const crashed = counts === undefined || (!passedTests && counts.numFailedTests === 0) ? 1 : 0;
const failed = (counts?.numFailedTests ?? 0) + failedChecks.length + crashed;
const skipped = (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0);
if (failedChecks.length > 0) console.log(`\nFailed checks: ${failedChecks.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
