import type * as v from 'valibot';
import { LiftError } from '../foundation/lift-error';
import { nearestName } from '../foundation/nearest-name';

/** Something wrong at one field of a recipe; `path` is written as `features[2].format`, '' for the whole document. */
export interface RecipeProblem {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** The `recipe-invalid` error; it carries every problem for editors, its message tells the first. */
export class RecipeError extends LiftError {
  readonly problems: readonly RecipeProblem[];

  constructor(problems: readonly [RecipeProblem, ...RecipeProblem[]], options?: ErrorOptions) {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    const place = first.path === '' ? 'The recipe' : `Recipe field ${first.path}`;
    super('recipe-invalid', `${place} ${first.message}${more}`, first.hint, options);
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
    return { path, message: 'is missing.', hint: `Add "${field}".` };
  }
  const wanted = wantedWords(issue);
  const choices = choicesOf(issue);
  const near = typeof issue.input === 'string' ? nearestName(issue.input, choices) : undefined;
  const hint = near === undefined ? `Change it to ${wanted}.` : `Did you mean "${near}"?`;
  return { path, message: `must be ${wanted}, not ${found}.`, hint };
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

function wantedWords(issue: v.BaseIssue<unknown>): string {
  switch (issue.type) {
    case 'integer':
      return 'a whole number';
    case 'min_value':
      return `at least ${String(issue.requirement)}`;
    case 'max_value':
      return `at most ${String(issue.requirement)}`;
    case 'gt_value':
      return `more than ${String(issue.requirement)}`;
    case 'lt_value':
      return `less than ${String(issue.requirement)}`;
    case 'non_empty':
      return 'some text';
    case 'min_length':
      return 'a list with at least one entry';
    case 'number':
      return 'a number';
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
    case 'strict_object':
    case 'record':
      return 'an object';
    default:
      return alternativesWords(issue);
  }
}

/** Turns valibot's `("a" | "b" | number)` and unions into words. */
function alternativesWords(issue: v.BaseIssue<unknown>): string {
  const alternatives = (issue.expected ?? 'something else').replace(/[()]/gu, '').split(' | ');
  const words = alternatives.map((word) => (word === 'Object' ? 'an object such as {"fixed": 2}' : word));
  const known: Readonly<Record<string, string>> = { number: 'a number', string: 'a text', boolean: 'true or false' };
  const named = [...new Set(words)].map((word) => (Object.hasOwn(known, word) ? known[word]! : word));
  return named.length === 1 ? named[0]! : `${named.slice(0, -1).join(', ')} or ${named.at(-1)!}`;
}
