// The Chromium that drives the workbench in tests and screenshots.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Without these Chromium looks for hosts of its maker at every start. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns {string | undefined} the path of a Chromium; on a Debian where we may, it is installed first */
export function findChromium() {
  const found = places.find((place) => place && existsSync(place));
  if (found || process.platform !== 'linux' || process.getuid?.() !== 0) return found;
  console.log('Installing Chromium…');
  const install = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core';
  spawnSync('sh', ['-c', install], { stdio: ['ignore', 'ignore', 'inherit'] });
  return places.find((place) => place && existsSync(place));
}
