import { isFields } from './keep-unknown';
import { RecipeError } from '../recipe-problem';
import { recipeVersion } from '../schema/recipe-schema';

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
    throw new RecipeError([{ path: '', message: 'is not a JSON object.', hint: 'It begins with { and ends with }.' }]);
  }
  let migrated = document;
  for (let version = versionOf(document, current); version < current; version++) {
    const step = steps.get(version);
    if (step === undefined) {
      const message = `${version} is older than any that can be read.`;
      throw new RecipeError([{ path: 'version', message, hint: 'Make a new recipe from the table.' }]);
    }
    migrated = { ...step(migrated), version: version + 1 };
  }
  return migrated;
}

function versionOf(document: Readonly<Record<string, unknown>>, current: number): number {
  const { version } = document;
  if (version === undefined) {
    throw new RecipeError([{ path: 'version', message: 'is missing.', hint: `Add "version": ${current}.` }]);
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    const message = `must be a whole number, not ${JSON.stringify(version)}.`;
    throw new RecipeError([{ path: 'version', message, hint: `Write "version": ${current}.` }]);
  }
  if (version > current) {
    const message = `is ${version}, but this version of LIFT knows recipes up to version ${current}.`;
    throw new RecipeError([{ path: 'version', message, hint: 'Update LIFT to use this recipe.' }]);
  }
  return version;
}
