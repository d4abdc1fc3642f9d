import { isFields } from './keep-unknown';
import { RecipeError } from '../recipe-problem';
import { recipeVersion } from '../schema/recipe-schema';
import { phrase } from '../../foundation/phrase';

/** Turns a document of one version into one of the next; it keeps the fields that it does not know. */
export type MigrationStep = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** The steps by the version that they start from. A change of the format adds its step here and raises `recipeVersion`. */
export const migrationSteps: ReadonlyMap<number, MigrationStep> = new Map();

/**
 * Brings a document to the current version, one step after the other.
 * @throws LiftError `recipe-invalid` for no document, no version, or one newer than this program knows
 */
export function migrateRecipe(
  document: unknown,
  steps: ReadonlyMap<number, MigrationStep> = migrationSteps,
  current: number = recipeVersion,
): Readonly<Record<string, unknown>> {
  if (!isFields(document)) {
    throw new RecipeError([
      { path: '', message: phrase`is not a JSON object.`, hint: phrase`It begins with { and ends with }.` },
    ]);
  }
  let migrated = document;
  for (let version = versionOf(document, current); version < current; version++) {
    const step = steps.get(version);
    if (step === undefined) {
      const message = phrase`${version} is older than any that can be read.`;
      throw new RecipeError([{ path: 'version', message, hint: phrase`Make a new recipe from the table.` }]);
    }
    migrated = { ...step(migrated), version: version + 1 };
  }
  return migrated;
}

function versionOf(document: Readonly<Record<string, unknown>>, current: number): number {
  const { version } = document;
  if (version === undefined) {
    throw new RecipeError([
      { path: 'version', message: phrase`is missing.`, hint: phrase`Add "version": ${current}.` },
    ]);
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    const message = phrase`must be a whole number, not ${JSON.stringify(version)}.`;
    throw new RecipeError([{ path: 'version', message, hint: phrase`Write "version": ${current}.` }]);
  }
  if (version > current) {
    const message = phrase`is ${version}, but this version of LIFT knows recipes up to version ${current}.`;
    throw new RecipeError([{ path: 'version', message, hint: phrase`Update LIFT to use this recipe.` }]);
  }
  return version;
}
