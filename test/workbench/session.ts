import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { openWorkbench } from '../../scripts/workbench/open.mjs';
import { serveWorkbench } from '../../scripts/workbench/serve.mjs';
import { stageExtension } from '../../scripts/workbench/stage.mjs';
import { Workbench } from './workbench';

export interface SessionOptions {
  /** Files and folders that are copied into the workspace. */
  readonly files: readonly string[];
  /** Files that are written into the workspace: name → text. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The package that users get is made and installed, instead of loading the extension from its sources. */
  readonly packaged?: boolean;
}

/** A workspace of its own in a workbench of its own, with the extension as it is now. */
export interface Session {
  readonly workbench: Workbench;
  /** The workspace's folder. */
  readonly workspace: string;
  readonly close: () => Promise<void>;
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const { files, texts = {}, settings, viewport, packaged = false } = options;
  const folder = mkdtempSync(join(tmpdir(), 'lift-workbench-'));
  const workspace = join(folder, 'workspace');
  const extension = join(folder, 'extension');
  mkdirSync(workspace);
  for (const file of files) cpSync(file, join(workspace, basename(file)), { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(workspace, name), text);
  const vsix = join(folder, 'lift.vsix');
  await (packaged ? makePackage(vsix) : stageExtension(extension));
  const server = await serveWorkbench({ folder, ...(settings && { settings }), ...(packaged && { vsix }) });
  const opened = await openWorkbench({
    origin: server.origin,
    folder: workspace,
    ...(!packaged && { extension }),
    ...(viewport && { viewport }),
  });
  const close = async (): Promise<void> => {
    // Whatever still trains stops by itself when its folder is gone.
    await opened.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { workbench: new Workbench(opened), workspace, close };
}

async function makePackage(vsix: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join('scripts', 'package.mjs'), '--out', vsix]);
}
