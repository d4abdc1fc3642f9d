import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../../src/core/prompt/template/builtin-templates';
import { migrateRecipe } from '../../../src/core/recipe/document/migrate-recipe';
import type { MigrationStep } from '../../../src/core/recipe/document/migrate-recipe';
import { parseRecipe, unknownFields } from '../../../src/core/recipe/document/parse-recipe';
import { RecipeError } from '../../../src/core/recipe/recipe-problem';
import { writeRecipe } from '../../../src/core/recipe/document/write-recipe';
import { english } from '../../../src/core/foundation/phrase';
import { inEnglish } from '../../helpers/in-english';

const smallest = {
  version: 1,
  dataset: 'data/iris.csv',
  task: 'classification',
  target: { column: 'species' },
  features: [{ column: 'sepal_length_cm' }],
};

function problemsOf(document: unknown): string[] {
  try {
    parseRecipe(typeof document === 'string' ? document : JSON.stringify(document));
    return [];
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    expect(error.code).toBe('recipe-invalid');
    return error.problems.map(({ path, message, hint }) => `${path} ${english(message)} ${english(hint)}`);
  }
}

describe('reading a recipe', () => {
  it('fills in every default', () => {
    const recipe = parseRecipe(JSON.stringify(smallest));
    expect(recipe).toMatchObject({
      name: 'iris',
      target: { column: 'species', name: 'species', unit: '', labels: {}, format: 'scaled-linear' },
      features: [{ name: 'sepal length', unit: 'cm', format: 'as-is', include: true, missing: 'unknown' }],
      template: { name: 'compact', ...builtinTemplates.compact.texts },
      examples: { rows: 8, select: 'nearest', order: 'nearest-last' },
      split: { column: null, seed: 0, testSeed: 0, test: 0.2, validation: 0.2, keepDuplicatesTogether: false },
      model: { id: 'embedded' },
      training: { method: 'full', lora: { rank: 8, alpha: 16, targetModules: 'all-linear', layers: 'all' }, epochs: 3 },
      prediction: { mode: 'score', temperatureScaling: true, confidence: 0.9, regression: 'median', permutations: 1 },
      backend: { kind: 'local' },
    });
  });

  it('takes the texts of the named template, and texts of its own', () => {
    const template = (fields: object): object =>
      parseRecipe(JSON.stringify({ ...smallest, template: fields })).template;
    expect(template({ name: 'paper' })).toEqual({ name: 'paper', ...builtinTemplates.paper.texts });
    expect(template({ name: 'paper', question: '{{a}}' })).toMatchObject({
      question: '{{a}}',
      completion: ' {{answer}}',
    });
  });

  it('accepts a byte order mark', () => {
    expect(problemsOf(`\uFEFF${JSON.stringify(smallest)}`)).toEqual([]);
  });

  it.each<readonly [object, string]>([
    [{ dataset: undefined }, 'dataset is missing. Add "dataset".'],
    [
      { task: 'clasification' },
      'task must be "classification" or "regression", not "clasification". Did you mean "classification"?',
    ],
    [{ task: undefined }, 'task is missing. Add "task".'],
    [{ training: { epochs: 'three' } }, 'training.epochs must be a number, not "three". Change it to a number.'],
    [{ training: { epochs: 1.5 } }, 'training.epochs must be a whole number, not 1.5.'],
    [{ training: { epochs: 0 } }, 'training.epochs must be at least 1, not 0. Change it to at least 1.'],
    [{ training: { lora: { rank: -1 } } }, 'training.lora.rank must be at least 1, not -1.'],
    [{ training: { lora: { layers: 'top' } } }, 'training.lora.layers must be "all" or a number, not "top".'],
    [{ split: { test: 1 } }, 'split.test must be less than 1, not 1.'],
    [{ features: [] }, 'features must be a list with at least one entry'],
    [{ features: [{}] }, 'features[0].column is missing. Add "column".'],
    [
      { features: [{ column: 'a', format: 'scald' }] },
      'features[0].format must be "as-is", "scaled", "scaled-linear", "digit" or an object such as {"fixed": 2}, not "scald". Did you mean "scaled"?',
    ],
    [{ features: [{ column: 'a', format: { fixed: 99 } }] }, 'features[0].format.fixed must be at most 20, not 99.'],
    [{ features: [{ column: 'a', include: 'no' }] }, 'features[0].include must be true or false, not "no".'],
    [{ target: { column: 'y', labels: { a: 1 } } }, 'target.labels.a must be a text, not 1.'],
    [
      { template: { name: 'papr' } },
      'template.name "papr" is no built-in template, and the recipe has no question, completion, example of its own. Did you mean "paper"?',
    ],
    [{ features: [{ column: 'a' }, { column: 'a' }] }, 'features[1].column names "a", as features[0] does.'],
    [{ features: [{ column: 'species' }] }, 'features[0].column names "species", which is the target'],
    [{ features: [{ column: 'a', include: false }] }, 'features include no column.'],
    [{ version: 2 }, 'version is 2, but this version of LIFT knows recipes up to version 1. Update LIFT'],
    [{ version: undefined }, 'version is missing. Add "version": 1.'],
    [{ version: 'one' }, 'version must be a whole number, not "one".'],
  ])('says what is wrong with %j', (change, problem) => {
    expect(problemsOf({ ...smallest, ...change })[0]).toContain(problem);
  });

  it('says where the JSON is wrong', () => {
    expect(problemsOf('{\n  "version": 1,\n  "name" "x"\n}')[0]).toMatch(/is not valid JSON at line 3, column 10: /);
    expect(problemsOf('')[0]).toContain('is not valid JSON at line 1, column 1');
    expect(problemsOf('[1]')[0]).toContain('is not a JSON object');
  });

  it('reports every problem at once', () => {
    expect(problemsOf({ ...smallest, task: 1, split: { seed: -1, test: 'all' } })).toHaveLength(3);
  });

  it('breaks on no document with anything but the recipe error', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('features', 'template', 'training', 'target', 'version'),
        (value, key) => {
          problemsOf(value);
          problemsOf({ ...smallest, [key]: value });
        },
      ),
    );
  });
});

describe('writing a recipe', () => {
  const document = {
    comment: { first: 1, second: ['a', { deep: null }] },
    ...smallest,
    features: [{ weight: 3, column: 'a', notes: [1, 2] }, { column: 'b' }],
    target: { column: 'species', labels: { setosa: 'bristle' }, colour: 'red' },
    training: { wild: true, epochs: 7, lora: { extra: {} } },
  };

  it('keeps fields that it does not know, in their place', () => {
    const written = JSON.parse(writeRecipe(parseRecipe(JSON.stringify(document)))) as typeof document;
    expect(Object.keys(written).slice(0, 8)).toEqual([...Object.keys(document), 'name']);
    expect(written.comment).toEqual(document.comment);
    expect(Object.keys(written.features[0]!).slice(0, 3)).toEqual(['weight', 'column', 'notes']);
    expect(written.target).toMatchObject(document.target);
    expect(Object.keys(written.training).slice(0, 3)).toEqual(['wild', 'epochs', 'lora']);
    expect(written.training.lora.extra).toEqual({});
  });

  it('changes nothing the second time', () => {
    const once = writeRecipe(parseRecipe(JSON.stringify(document)));
    expect(writeRecipe(parseRecipe(once))).toBe(once);
  });

  it('keeps any unknown field, whatever it is called', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (extra) => {
        const known = new Set(Object.keys(parseRecipe(JSON.stringify(smallest))));
        fc.pre(Object.keys(extra).every((key) => !known.has(key) && key !== '$schema'));
        const text = JSON.stringify(Object.fromEntries([...Object.entries(extra), ...Object.entries(smallest)]));
        const written = JSON.parse(writeRecipe(parseRecipe(text))) as object;
        for (const [key, value] of Object.entries(JSON.parse(JSON.stringify(extra)) as object)) {
          expect(Object.entries(written)).toContainEqual([key, value]);
        }
      }),
    );
  });

  it('writes a line for each feature', () => {
    const text = writeRecipe(parseRecipe(JSON.stringify(smallest)));
    expect(text).toContain('  "dataset": "data/iris.csv",\n');
    expect(text).toContain('\n    { "column": "sepal_length_cm", "name": "sepal length", "unit": "cm",');
    const short = { ...smallest, features: [{ column: 'a' }, { column: 'b' }] };
    expect(writeRecipe(parseRecipe(JSON.stringify(short)))).toContain(
      '\n    { "column": "a", "name": "a", "unit": "", "format": "as-is", "include": true, "missing": "unknown" },\n',
    );
  });

  it('keeps labels for classes with the names of inherited properties', () => {
    const text = `{"version":1,"dataset":"d","task":"classification","features":[{"column":"a"}],"target":{"column":"y","labels":{"constructor":"builder","__proto__":"kind"}}}`;
    const recipe = parseRecipe(text);
    expect(Object.entries(recipe.target.labels)).toEqual([
      ['constructor', 'builder'],
      ['__proto__', 'kind'],
    ]);
    expect(inEnglish(unknownFields(recipe))).toEqual([]);
  });
});

describe('unknown fields of a recipe', () => {
  it('are found with the name that was meant', () => {
    const document = {
      ...smallest,
      trainig: {},
      training: { epoch: 2 },
      features: [{ column: 'a', untit: 'cm' }],
      zebra: 1,
    };
    expect(inEnglish(unknownFields(parseRecipe(JSON.stringify(document))))).toEqual([
      { path: 'features[0].untit', message: 'is not a field of recipes.', hint: 'Did you mean "unit"?' },
      { path: 'trainig', message: 'is not a field of recipes.', hint: 'Did you mean "training"?' },
      { path: 'training.epoch', message: 'is not a field of recipes.', hint: 'Did you mean "epochs"?' },
      { path: 'zebra', message: 'is not a field of recipes.', hint: 'It is kept, but nothing reads it.' },
    ]);
  });
});

describe('migration', () => {
  const steps = new Map<number, MigrationStep>([
    [1, (document: object) => ({ ...document, one: 'done' })],
    [2, (document: object) => ({ ...document, two: 'done' })],
  ]);

  it('goes step by step to the current version and keeps what it does not know', () => {
    expect(migrateRecipe({ version: 1, odd: [1] }, steps, 3)).toEqual({
      version: 3,
      odd: [1],
      one: 'done',
      two: 'done',
    });
    expect(migrateRecipe({ version: 2 }, steps, 3)).toEqual({ version: 3, two: 'done' });
  });

  it('leaves a document of the current version alone', () => {
    const document = { version: 3 };
    expect(migrateRecipe(document, steps, 3)).toBe(document);
  });

  it('says when a version is too old or too new', () => {
    expect(() => migrateRecipe({ version: 0 }, steps, 3)).toThrow('0 is older than any that can be read');
    expect(() => migrateRecipe({ version: 4 }, steps, 3)).toThrow(
      'is 4, but this version of LIFT knows recipes up to version 3',
    );
  });
});

describe('the published JSON Schema', () => {
  it('is what the program checks with', async () => {
    await promisify(execFile)(process.execPath, ['scripts/write-recipe-schema.mjs', '--check']);
  });

  it('describes every field and gives every default', async () => {
    const schema = JSON.parse(await readFile('media/recipe.schema.json', 'utf8')) as JsonSchema;
    const undescribed: string[] = [];
    visit(schema, '', (path, field) => {
      if (field.description === undefined) undescribed.push(path);
    });
    expect(undescribed).toEqual([]);
    expect(schema.properties!.training!.properties!.epochs).toMatchObject({ default: 3, minimum: 1 });
  });
});

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

function visit(schema: JsonSchema, path: string, see: (path: string, field: JsonSchema) => void): void {
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    see(`${path}.${key}`, field);
    visit(field, `${path}.${key}`, see);
  }
  if (schema.items !== undefined) visit(schema.items, `${path}[]`, see);
}
