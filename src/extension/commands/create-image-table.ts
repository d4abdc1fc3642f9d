import { basename, dirname, extname, join } from 'node:path';
import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import { sizeFrom } from '../../core/images/size-text';
import { registerCommand } from '../errors';
import type { TrainingService } from '../training/training-service';
import { told } from '../told';
import { withEngine } from './with-engine';

/** Pictures as an ordinary table with one column a pixel, which everything else works on. */
export function registerCreateImageTable(context: vscode.ExtensionContext, training: TrainingService): void {
  registerCommand(context, 'createTableFromImages', async (uri?: vscode.Uri) => {
    const title = vscode.l10n.t('Create Table from Images');
    const source = uri instanceof vscode.Uri ? uri : await pickSource(title);
    if (!source) return;
    const size = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t('Size in pixels: every pixel becomes a column, and a number of the prompt'),
      placeHolder: vscode.l10n.t('Such as 18x18; leave it empty for at most that'),
      validateInput: (text) => (text.trim() === '' ? undefined : whyNoSize(text)),
    });
    if (size === undefined) return;
    const name = basename(source.fsPath).replace(/\.gz$/iu, '').replace(extname(source.fsPath), '');
    const out = await vscode.window.showSaveDialog({
      title,
      defaultUri: vscode.Uri.file(join(dirname(source.fsPath), `${name}-pixels.csv`)),
      filters: { [vscode.l10n.t('Tables')]: ['csv'] },
    });
    if (!out) return;
    const request = {
      source: source.fsPath,
      out: out.fsPath,
      size: size.trim() === '' ? undefined : sizeFrom(size),
      levels: 256,
      seed: 0,
    };
    const made = await withEngine(training, title, (engine, options) => engine.images(request, options));
    const count = made.rows.toLocaleString(vscode.env.language);
    const text = vscode.l10n.t(
      '{0} images of {1} × {2} pixels are in {3}.',
      count,
      made.width,
      made.height,
      vscode.workspace.asRelativePath(out),
    );
    const open = vscode.l10n.t('Open Table');
    const fineTune = vscode.l10n.t('Fine-tune with LIFT');
    const answer = await vscode.window.showInformationMessage(
      text,
      ...(made.labels.length > 1 ? [fineTune] : []),
      open,
    );
    if (answer === fineTune) await vscode.commands.executeCommand('lift.fineTune', out);
    if (answer === open) await vscode.commands.executeCommand('vscode.openWith', out, 'lift.predictions');
  });
}

async function pickSource(title: string): Promise<vscode.Uri | undefined> {
  const kinds = [
    {
      label: vscode.l10n.t('A folder of pictures'),
      detail: vscode.l10n.t('PNG or JPEG; the names of its sub-folders are the labels'),
      isFolder: true,
    },
    {
      label: vscode.l10n.t('A file of images'),
      detail: vscode.l10n.t('IDX as MNIST has it, also compressed, or a CSV with one column a pixel'),
      isFolder: false,
    },
  ];
  const kind = await vscode.window.showQuickPick(kinds, { title });
  if (!kind) return undefined;
  const [source] =
    (await vscode.window.showOpenDialog({ title, canSelectFolders: kind.isFolder, canSelectFiles: !kind.isFolder })) ??
    [];
  return source;
}

function whyNoSize(text: string): string | undefined {
  try {
    sizeFrom(text);
    return undefined;
  } catch (error) {
    const { message, hint } = told(LiftError.from(error));
    return `${message} ${hint}`;
  }
}
