import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { targets, thisTarget } from '../../scripts/package/targets.mjs';
import { CliProcess, eventsOf } from '../helpers/cli-process';
import { readZip, unpack } from '../helpers/zip';

const hasPackage = targets.includes(thisTarget()) && thisTarget() !== 'darwin-x64';

describe.skipIf(!hasPackage)('the package of this platform', () => {
  // Far from the project: nothing of its node_modules is in reach from here.
  const folder = mkdtempSync(join(tmpdir(), 'lift-package-'));
  let files: Map<string, Buffer>;

  beforeAll(async () => {
    const vsix = join(folder, 'lift.vsix');
    await promisify(execFile)(process.execPath, [join('scripts', 'package.mjs'), '--out', vsix]);
    files = readZip(vsix);
    unpack(files, folder);
  }, 120_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const names = (): string[] => [...files.keys()].map((name) => name.replace(/^extension\//, ''));

  it('holds the native runtime of this platform, of no other, and no provider for graphics cards', () => {
    const [platform, architecture] = thisTarget().split('-');
    const native = names().filter((name) => /\.(node|so|dll|dylib)(\.|$)/.test(name));
    expect(native.length).toBeGreaterThanOrEqual(2);
    const place = new RegExp(`^dist/node_modules/onnxruntime-node/bin/napi-v\\d+/${platform!}/${architecture!}/[^/]+$`);
    for (const name of native) expect(name).toMatch(place);
    expect(names().filter((name) => /cuda|tensorrt|directml/i.test(name))).toEqual([]);
  });

  it('holds the bundles, the embedded model, the media and the translations, and nothing of how they are made', () => {
    for (const name of [
      'dist/extension.js',
      'dist/engine.js',
      'dist/cli.js',
      'dist/webview/predictions.js',
      'base-model/model.safetensors',
      'base-model/tokenizer.json',
      'media/recipe.schema.json',
      'media/samples/iris.csv',
      'package.nls.json',
      'package.nls.de.json',
      'l10n/bundle.l10n.json',
      'l10n/bundle.l10n.de.json',
      'dist/hub.js',
      'dist/webview/compare.js',
      'LICENSE.txt',
      'THIRD_PARTY_NOTICES.txt',
      'remote/requirements.txt',
      'docs/paper.md',
    ]) {
      expect(names()).toContain(name);
    }
    const kinds =
      /^(\[Content_Types\]\.xml|extension\.vsixmanifest|(readme|changelog)\.md|package(\.nls.*)?\.json|[A-Z_]+\.txt|(dist|docs|media|base-model|l10n|remote)\/.+)$/;
    expect(names().filter((name) => !kinds.test(name))).toEqual([]);
    expect(names().filter((name) => /\.(map|ts|mts|tsbuildinfo)$/.test(name))).toEqual([]);
  });

  it('has every file that its manifest names', () => {
    const manifest = readFileSync(join(folder, 'extension', 'package.json'), 'utf8');
    const named = [...manifest.matchAll(/"(?:\.\/)?((?:media|dist)\/[^"]+)"/g)].map(([, path]) => path!);
    expect(named.length).toBeGreaterThan(5);
    for (const path of named) expect(names()).toContain(path);
  });

  it('names the licence of every work that it contains', () => {
    const notices = files.get('extension/THIRD_PARTY_NOTICES.txt')!.toString('utf8');
    for (const work of ['onnxruntime-node', 'lit-html', 'valibot', 'csv-parse', '@huggingface/tokenizers', 'uplot']) {
      expect(notices).toMatch(new RegExp(`^${work} \\d+\\.\\d+\\.\\d+`, 'm'));
    }
    expect(notices).not.toContain('<holder>');
  });

  it('fine-tunes with its own runtime and model', { timeout: 240_000 }, async () => {
    copyFileSync(join(folder, 'extension', 'media', 'samples', 'iris.csv'), join(folder, 'iris.csv'));
    const program = join(folder, 'extension', 'dist', 'cli.js');
    const args = [
      'fine-tune',
      'iris.csv',
      '--target',
      'species',
      '--set',
      'training.epochs=1',
      '--no-baselines',
      '--json',
    ];
    const result = await new CliProcess(program, args, folder).ended;
    expect(result.err).toBe('');
    const last = eventsOf(result).at(-1)!;
    expect(last).toMatchObject({ event: 'done', metrics: { test: { accuracy: expect.any(Number) as number } } });
    expect(readFileSync(join(String(last.run), 'predictions.csv'), 'utf8').split('\n').length).toBeGreaterThan(30);
  });
});
