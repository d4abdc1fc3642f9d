import { nearestName } from '../../foundation/nearest-name';
import type { ColumnView } from '../column-view';
import type { TemplatePart } from './template-problem';
import type { Reference } from './template-syntax';
import { phrase } from '../../foundation/phrase';
import type { Phrase, Said } from '../../foundation/phrase';

/** What the names of a template can mean. */
export interface TemplateEnvironment {
  /** Every column of the table by name, the target too. */
  readonly columns: ReadonlyMap<string, ColumnView>;
  /** What `{{#features}}` goes over, in order. */
  readonly features: readonly ColumnView[];
  readonly target: { readonly column: string; readonly name: string; readonly unit: string };
  /** The spoken labels; undefined in a regression. */
  readonly classes: readonly string[] | undefined;
}

/** Where a name stands. */
export interface TemplateScope {
  readonly part: TemplatePart;
  readonly inFeatures: boolean;
}

export type ItemField = 'name' | 'shuffled' | 'value' | 'number' | 'letter' | 'unit';

export type Meaning =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'column'; readonly view: ColumnView }
  | { readonly kind: 'item'; readonly field: ItemField }
  | { readonly kind: 'question' | 'completion' | 'answer' }
  | { readonly kind: 'nothing'; readonly message: Said; readonly hint: Said };

const itemFields: readonly string[] = ['name', 'shuffled', 'value', 'number', 'letter', 'unit'] satisfies ItemField[];

/** Where the names with a meaning of their own can stand, for error messages. */
const homes: ReadonlyMap<string, Phrase> = new Map([
  ['name', phrase`between {{#features}} and {{/features}}`],
  ['shuffled', phrase`between {{#features}} and {{/features}}`],
  ['value', phrase`between {{#features}} and {{/features}}`],
  ['number', phrase`between {{#features}} and {{/features}}`],
  ['letter', phrase`between {{#features}} and {{/features}}`],
  ['answer', phrase`in the completion template`],
  ['question', phrase`in the example template`],
  ['completion', phrase`in the example template`],
]);

/** Finds out what a name means where it stands. Names with a meaning of their own go before columns. */
export function meaningOf(reference: Reference, scope: TemplateScope, environment: TemplateEnvironment): Meaning {
  const own = reference.isColumn ? undefined : ownMeaning(reference.name, scope, environment);
  return own ?? columnMeaning(reference, scope, environment);
}

function ownMeaning(name: string, scope: TemplateScope, environment: TemplateEnvironment): Meaning | undefined {
  if (scope.inFeatures && isItemField(name)) return { kind: 'item', field: name };
  if (scope.part === 'completion' && name === 'answer') return { kind: 'answer' };
  if (scope.part === 'example' && (name === 'question' || name === 'completion')) return { kind: name };
  if (name === 'target') return { kind: 'text', text: environment.target.name };
  if (name === 'unit') return { kind: 'text', text: environment.target.unit };
  if (name !== 'classes') return undefined;
  if (environment.classes !== undefined) return { kind: 'text', text: listInWords(environment.classes) };
  return nothing(phrase`{{classes}} means nothing in a regression: its answers are numbers.`, phrase`Take it out.`);
}

function columnMeaning(reference: Reference, scope: TemplateScope, environment: TemplateEnvironment): Meaning {
  const { name } = reference;
  const view = environment.columns.get(name);
  if (view === undefined) return unknownName(reference, scope, environment);
  if (scope.part === 'preamble' || scope.part === 'completion') {
    return nothing(
      phrase`{{${name}}} is a column, but the ${scope.part} is the same for every row.`,
      phrase`Move it to the question template.`,
    );
  }
  if (name === environment.target.column) {
    return nothing(
      phrase`{{${name}}} is the target: the question would give the answer away.`,
      phrase`Write {{target}} for its name; the answer is written by the completion template.`,
    );
  }
  return { kind: 'column', view };
}

function unknownName({ name, isColumn }: Reference, scope: TemplateScope, environment: TemplateEnvironment): Meaning {
  const home = homes.get(name);
  if (!isColumn && home !== undefined)
    return nothing(phrase`{{${name}}} means something only ${home}.`, phrase`Move it there.`);
  const near = nearestName(name, namesIn(scope, environment));
  const list = [...environment.columns.keys()].filter((column) => column !== environment.target.column);
  const hint =
    near === undefined
      ? phrase`The columns are ${[...list.slice(0, 10), ...(list.length > 10 ? ['…'] : [])].join(', ')}.`
      : phrase`Did you mean {{${near}}}?`;
  return nothing(phrase`there is no column "${name}".`, hint);
}

/** The names that can stand in a scope, columns first: for suggestions and completions in an editor. */
export function namesIn({ part, inFeatures }: TemplateScope, environment: TemplateEnvironment): string[] {
  const own = environment.classes === undefined ? ['target', 'unit'] : ['target', 'unit', 'classes'];
  if (inFeatures) own.unshift(...itemFields);
  if (part === 'completion') return ['answer', ...own];
  if (part === 'preamble') return own;
  const columns = [...environment.columns.keys()].filter((column) => column !== environment.target.column);
  return part === 'example' ? [...columns, 'question', 'completion', ...own] : [...columns, ...own];
}

/** "a", "a or b", "a, b or c". */
function listInWords(items: readonly string[]): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} or ${items.at(-1)!}`;
}

function isItemField(name: string): name is ItemField {
  return itemFields.includes(name);
}

function nothing(message: Said, hint: Said): Meaning {
  return { kind: 'nothing', message, hint };
}
