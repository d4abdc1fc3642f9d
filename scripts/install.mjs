// Runs first in `npm start` and `npm test`: installs the packages when they are missing or older than the lock file.
// Plain Node, no dependency, so that it works on a fresh clone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.cache', 'installed-lock.sha256');
const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

function installedHash() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return '';
  }
}

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`LIFT needs Node 20 or later; this is ${process.version}.`);
  process.exit(1);
}

if (installedHash() !== lockHash) {
  console.log('Installing packages…');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lockHash);
}
