import { l10n } from '../../common/l10n';

/** What can be completed at a place of a template: the names of columns and the words of the language. */

export interface Completion {
  /** Where the word under the cursor begins. */
  readonly from: number;
  readonly choices: readonly CompletionChoice[];
}

export interface CompletionChoice {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
}

const keywords: readonly CompletionChoice[] = [
  {
    label: '#features',
    insert: '#features ", "}}{{name}} is {{value}}{{/features}}',
    detail: l10n.t('every included column'),
  },
  { label: '#if', insert: '#if column}}…{{else}}…{{/if}}', detail: l10n.t('only where a column has a value') },
  { label: 'name', insert: 'name}}', detail: l10n.t('in #features: the column’s name') },
  { label: 'shuffled', insert: 'shuffled}}', detail: l10n.t('in #features: another column’s name') },
  { label: 'value', insert: 'value}}', detail: l10n.t('in #features: the column’s value') },
  { label: 'number', insert: 'number}}', detail: l10n.t('in #features: 1, 2, 3…') },
  { label: 'letter', insert: 'letter}}', detail: l10n.t('in #features: A, B, C…') },
  { label: 'unit', insert: 'unit}}', detail: l10n.t('in #features: the column’s unit') },
  { label: 'target', insert: 'target}}', detail: l10n.t('what is asked for') },
  { label: 'classes', insert: 'classes}}', detail: l10n.t('the possible answers') },
  { label: 'answer', insert: 'answer}}', detail: l10n.t('in the completion: the answer') },
];

const most = 12;

/** The choices at the cursor; undefined when it is in no open tag. */
export function completionAt(text: string, cursor: number, columns: readonly string[]): Completion | undefined {
  const open = text.lastIndexOf('{{', cursor - 1);
  if (open === -1) return undefined;
  const from = open + 2;
  const word = text.slice(from, cursor);
  if (from > cursor || /[}\n]/u.test(word)) return undefined;
  const all = [...columns.map((name) => ({ label: name, insert: `${name}}}`, detail: l10n.t('column') })), ...keywords];
  const wanted = word.trim().toLowerCase();
  const starting = all.filter(({ label }) => label.toLowerCase().startsWith(wanted));
  const holding = all.filter((choice) => !starting.includes(choice) && choice.label.toLowerCase().includes(wanted));
  const choices = [...starting, ...holding].slice(0, most);
  return choices.length === 0 ? undefined : { from, choices };
}

/** The text with a choice taken; a `}}` that stands there already is not doubled. */
export function complete(
  text: string,
  cursor: number,
  { from }: Completion,
  { insert }: CompletionChoice,
): { text: string; cursor: number } {
  const rest = text.slice(cursor).replace(/^\}\}/u, '');
  return { text: text.slice(0, from) + insert + rest, cursor: from + insert.length };
}
