import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { isBuiltinTemplateName } from '../../prompt/template/builtin-templates';
import type { Column } from '../../table/table';
import { fieldPaths, nearestPath, setAt } from './override-path';
import { checkRecipeDocument } from './parse-recipe';
import type { Recipe } from '../recipe';
import { useTemplate } from '../use-template';

/**
 * Changes single fields of a recipe, as `--set` does: `training.epochs=3`, `features.age.include=false` (by column name),
 * `features.*.format=as-is` (all of them), `features.age.format={"fixed": 1}`, `target.labels.0=healthy`.
 *
 * A value is read as JSON where the field accepts that, else as text. A built-in `template.name` brings its texts and formats.
 *
 * @param columns those of the table, when it is at hand, for the formats of a new template
 * @throws LiftError `usage` for an unknown field, with the nearest one; `recipe-invalid` for a value that it cannot have
 */
export function applyOverrides(recipe: Recipe, overrides: readonly string[], columns?: readonly Column[]): Recipe {
  return overrides.reduce((changed, override) => applyOverride(changed, override, columns), recipe);
}

function applyOverride(recipe: Recipe, override: string, columns: readonly Column[] | undefined): Recipe {
  const equals = override.indexOf('=');
  if (equals < 1) {
    throw new LiftError(
      'usage',
      phrase`"${override}" sets nothing.`,
      'Write --set FIELD=VALUE, as in training.epochs=3.',
    );
  }
  const path = override.slice(0, equals).trim();
  const text = override.slice(equals + 1).trim();
  if (path === 'template.name' && isBuiltinTemplateName(text)) return useTemplate(recipe, text, columns);
  const values = [...jsonValue(text), text];
  const attempts = values.map((value) => () => setField(recipe, path, value));
  return firstThatWorks(attempts, path);
}

/** The value that JSON reads in a text, if any. */
function jsonValue(text: string): unknown[] {
  try {
    return [JSON.parse(text) as unknown];
  } catch {
    return [];
  }
}

/** Numbers go before text: the first attempt's error is the one that tells what was wrong, unless only text was possible. */
function firstThatWorks(attempts: readonly (() => Recipe)[], path: string): Recipe {
  let failure: unknown;
  for (const attempt of attempts) {
    try {
      return attempt();
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure instanceof Error ? failure : new LiftError('internal', phrase`${path} could not be set.`);
}

function setField(recipe: Recipe, path: string, value: unknown): Recipe {
  const paths = fieldPaths(recipe, path);
  if (paths.length === 0) {
    const near = nearestPath(recipe, path);
    const top = Object.keys(recipe).join(', ');
    const hint = near === undefined ? phrase`The parts of a recipe are ${top}.` : phrase`Did you mean ${near}?`;
    throw new LiftError('usage', phrase`Recipes have no field "${path}".`, hint);
  }
  const document = structuredClone(recipe);
  for (const keys of paths) setAt(document, keys, value);
  return checkRecipeDocument(document);
}
