import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const start = (args: readonly string[], path = process.env.PATH): Promise<{ stdout: string }> =>
  promisify(execFile)(process.execPath, [join('scripts', 'start.mjs'), ...args], {
    env: { ...process.env, PATH: path },
  });

describe('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lift-start-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('explains itself', async () => {
    const { stdout } = await start(['--help']);
    expect(stdout).toContain('npm run demo');
    expect(stdout).toContain('127.0.0.1');
  });

  it.skipIf(process.platform === 'win32')(
    'opens VS Code with the extension and sample tables where it is',
    async () => {
      const code = join(folder, 'code');
      writeFileSync(code, `#!/bin/sh\nprintf '%s\\n' "$@" > "${join(folder, 'asked')}"\n`);
      chmodSync(code, 0o755);
      await start([], `${folder}${delimiter}${process.env.PATH ?? ''}`);
      const [window, extension, workspace] = readFileSync(join(folder, 'asked'), 'utf8').split('\n');
      expect(window).toBe('--new-window');
      expect(extension).toBe(`--extensionDevelopmentPath=${resolve('.')}`);
      expect(existsSync(join(workspace!, 'iris.csv'))).toBe(true);
      expect(existsSync(join('dist', 'extension.js'))).toBe(true);
    },
  );
});
