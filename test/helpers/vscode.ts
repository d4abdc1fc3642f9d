/**
 * The part of the module `vscode` that makes texts, asks and reads settings, as an editor in English has it. What is not
 * here needs an editor: it is tested in the workbench.
 */
export const env = { language: 'en' };

type Argument = string | number | boolean;

/** Fills `{0}` from the arguments, or `{name}` from the record that is the only one. */
function t(message: string, ...args: readonly (Argument | Readonly<Record<string, Argument>>)[]): string {
  const [first] = args;
  const entries =
    typeof first === 'object' ? Object.entries(first) : args.map((value, place) => [place, value] as const);
  const values = new Map(entries.map(([name, value]) => [String(name), String(value as Argument)]));
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => values.get(name) ?? placeholder);
}

/** The translations of an editor in another language are put into `bundle` by whoever needs one. */
export const l10n: { readonly t: typeof t; bundle: Record<string, string> | undefined } = { t, bundle: undefined };

export { ProgressLocation, QuickPickItemKind, window } from './dialogs';
export { ConfigurationTarget, workspace } from './settings';
