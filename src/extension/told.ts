import * as vscode from 'vscode';
import type { ErrorParts } from '../core/foundation/lift-error';
import { tell } from '../core/foundation/phrase';
import type { Said } from '../core/foundation/phrase';
import type { Wording } from '../core/report/report-language';

/** What the core says, in the language of the workbench. */
export function localized(said: Said): string {
  return tell(said, { language: vscode.env.language, translate: (text) => vscode.l10n.bundle?.[text] ?? text });
}

/** What a report is written in: the language of the workbench, or English where LIFT has no other. */
export function wording(): Wording | undefined {
  const texts = vscode.l10n.bundle;
  return texts && { language: vscode.env.language, texts };
}

/** An error for a page or a notification, in the language of the workbench. */
export function told({ code, message, hint, said }: ErrorParts): { code: string; message: string; hint: string } {
  return { code, message: localized(said?.message ?? message), hint: localized(said?.hint ?? hint) };
}
