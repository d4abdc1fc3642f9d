// Writes media/recipe.schema.json, the JSON Schema of recipes, from the schema that the program itself checks with.
// With --check it writes nothing and fails when the file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format } from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = fileURLToPath(new URL('../media/recipe.schema.json', import.meta.url));

const bundle = await build({
  stdin: {
    contents: `
      import { toJsonSchema } from '@valibot/to-json-schema';
      import { recipeSchema } from './src/core/recipe/schema/recipe-schema';
      export const jsonSchema = toJsonSchema(recipeSchema, { typeMode: 'input' });`,
    resolveDir: root,
  },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const source = Buffer.from(bundle.outputFiles[0].contents).toString('base64');
const { jsonSchema } = await import(`data:text/javascript;base64,${source}`);
const { $schema, ...rest } = jsonSchema;
const text = await format(JSON.stringify({ $schema, ...rest }), { parser: 'json', printWidth: 120 });

if (process.argv.includes('--check')) {
  if ((await readFile(file, 'utf8')) !== text) {
    console.error('media/recipe.schema.json is out of date: run node scripts/write-recipe-schema.mjs.');
    process.exitCode = 1;
  }
} else {
  await writeFile(file, text);
}
