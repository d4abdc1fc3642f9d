import type * as v from 'valibot';
import { LiftError } from '../foundation/lift-error';
import type { Phrase, Said } from '../foundation/phrase';
import { phrase } from '../foundation/phrase';
import { nearestName } from '../foundation/nearest-name';

/** Something wrong at one field of a recipe; `path` is written as `features[2].format`, '' for the whole document. */
export interface RecipeProblem {
  readonly path: string;
  readonly message: Said;
  readonly hint: Said;
}

/** The `recipe-invalid` error; it carries every problem for editors, its message tells the first. */
export class RecipeError extends LiftError {
  readonly problems: readonly RecipeProblem[];

  constructor(problems: readonly [RecipeProblem, ...RecipeProblem[]], options?: ErrorOptions) {
    const [first] = problems;
    const more = problems.length > 1 ? phrase` (and ${problems.length - 1} more)` : '';
    const place = first.path === '' ? phrase`The recipe` : phrase`Recipe field ${first.path}`;
    super('recipe-invalid', phrase`${place} ${first.message}${more}`, first.hint, options);
    this.problems = problems;
  }
}

/** Throws when there is a problem. */
export function throwProblems(problems: readonly RecipeProblem[]): void {
  const [first, ...others] = problems;
  if (first !== undefined) throw new RecipeError([first, ...others]);
}

/** What a failed check of the schema means in words. */
export function problemOf(issue: v.BaseIssue<unknown>): RecipeProblem {
  const path = pathText((issue.path ?? []).map((item) => item.key));
  const field = path.replace(/^.*[.\]]/u, '');
  const found = issue.received.length > 60 ? `${issue.received.slice(0, 60)}…` : issue.received;
  if (issue.received === 'undefined') {
    return { path, message: phrase`is missing.`, hint: phrase`Add "${field}".` };
  }
  const wanted = wantedWords(issue);
  const choices = choicesOf(issue);
  const near = typeof issue.input === 'string' ? nearestName(issue.input, choices) : undefined;
  const hint = near === undefined ? phrase`Change it to ${wanted}.` : phrase`Did you mean "${near}"?`;
  return { path, message: phrase`must be ${wanted}, not ${found}.`, hint };
}

function pathText(keys: readonly unknown[]): string {
  let text = '';
  for (const key of keys) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text;
}

/** The texts that the field may have, where it must be one of a few. */
function choicesOf(issue: v.BaseIssue<unknown>): string[] {
  return [...(issue.expected ?? '').matchAll(/"([^"]*)"/gu)].map((match) => match[1]!);
}

function wantedWords(issue: v.BaseIssue<unknown>): Phrase {
  switch (issue.type) {
    case 'integer':
      return phrase`a whole number`;
    case 'min_value':
      return phrase`at least ${String(issue.requirement)}`;
    case 'max_value':
      return phrase`at most ${String(issue.requirement)}`;
    case 'gt_value':
      return phrase`more than ${String(issue.requirement)}`;
    case 'lt_value':
      return phrase`less than ${String(issue.requirement)}`;
    case 'non_empty':
      return phrase`some text`;
    case 'min_length':
      return phrase`a list with at least one entry`;
    case 'array':
      return phrase`a list`;
    case 'object':
    case 'strict_object':
    case 'record':
      return phrase`an object`;
    default:
      return typeWords(issue.type) ?? alternativesWords(issue);
  }
}

/** Turns valibot's `("a" | "b" | number)` and unions into words. */
function alternativesWords(issue: v.BaseIssue<unknown>): Phrase {
  const alternatives = (issue.expected ?? '').replace(/[()]/gu, '').split(' | ').filter(Boolean);
  const named = [...new Set(alternatives)].map((word) => valueWords(word));
  const [last = phrase`something else`, ...others] = named.reverse();
  const [first, ...rest] = others.reverse();
  if (first === undefined) return last;
  return phrase`${rest.reduce((some, other) => phrase`${some}, ${other}`, first)} or ${last}`;
}

function valueWords(value: string): Phrase {
  return value === 'Object' ? phrase`an object such as {"fixed": 2}` : (typeWords(value) ?? phrase`${value}`);
}

function typeWords(type: string): Phrase | undefined {
  switch (type) {
    case 'number':
      return phrase`a number`;
    case 'string':
      return phrase`a text`;
    case 'boolean':
      return phrase`true or false`;
    default:
      return undefined;
  }
}
