import { describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../../../src/core/prompt/template/builtin-templates';
import { applyOverrides } from '../../../../src/core/recipe/document/apply-overrides';
import { inferRecipe } from '../../../../src/core/recipe/infer/infer-recipe';
import type { Recipe } from '../../../../src/core/recipe/recipe';
import { flowers } from '../table-of';

const { recipe } = inferRecipe(flowers);

function set(...overrides: string[]): Recipe {
  return applyOverrides(recipe, overrides, flowers.columns);
}

describe('overrides of a recipe', () => {
  it('set fields by their path, each with the type of the field', () => {
    const changed = set(
      'training.epochs=5',
      'training.learningRate=3e-4',
      'training.steps=20',
      'training.lora.targetModules=["q_proj", "v_proj"]',
      'training.cacheTrunk=false',
      'template.preamble=5',
      'prediction.mode=paper',
      'name=a = b',
    );
    expect(changed.training).toMatchObject({
      epochs: 5,
      learningRate: 3e-4,
      steps: 20,
      lora: { targetModules: ['q_proj', 'v_proj'] },
      cacheTrunk: false,
    });
    expect(changed.template.preamble).toBe('5');
    expect(changed.prediction.mode).toBe('paper');
    expect(changed.name).toBe('a = b');
    expect(set('training.steps=20', 'training.steps=null').training.steps).toBeNull();
    expect(recipe.training.epochs).toBe(4);
  });

  it('set features by column name, one or all', () => {
    const changed = set('features.colour.include=false', 'features.sepal_length_cm.format={"fixed": 1}');
    expect(changed.features[2]!.include).toBe(false);
    expect(changed.features[1]!.format).toEqual({ fixed: 1 });
    expect(set('features.*.missing=none').features.map(({ missing }) => missing)).toEqual(Array(5).fill('none'));
  });

  it('find columns with dots in their name', () => {
    const dotted = { ...recipe, features: [{ ...recipe.features[1]!, column: 'Sepal.Length' }] };
    expect(applyOverrides(dotted, ['features.Sepal.Length.unit=mm']).features[0]!.unit).toBe('mm');
  });

  it('give classes spoken labels', () => {
    expect(set('target.labels.setosa=bristle iris').target.labels).toEqual({ setosa: 'bristle iris' });
    expect(Object.entries(set('target.labels.__proto__=odd').target.labels)).toEqual([['__proto__', 'odd']]);
  });

  it('bring the texts and formats of a built-in template, and leave chosen formats', () => {
    const changed = set('features.sepal_length_cm.format={"fixed": 1}', 'template.name=paper');
    expect(changed.template).toEqual({ name: 'paper', ...builtinTemplates.paper.texts });
    expect(changed.features[1]!.format).toEqual({ fixed: 1 });
    expect(changed.target.format).toBe('as-is');
    const back = set('template.name=sentence', 'template.name=compact');
    expect(back.features).toEqual(recipe.features);
  });

  it('keep fields that recipes do not know', () => {
    const noted = { ...recipe, note: { by: 'me' } };
    expect(applyOverrides(noted, ['training.epochs=4'])).toMatchObject({ note: { by: 'me' } });
  });

  it.each([
    ['epochs=3', 'Recipes have no field "epochs".', 'Did you mean training.epochs?'],
    ['training.epoch=3', 'Recipes have no field "training.epoch".', 'Did you mean training.epochs?'],
    [
      'features.color.include=false',
      'Recipes have no field "features.color.include".',
      'Did you mean features.colour.include?',
    ],
    ['features.colour.incldue=false', 'Recipes have no field', 'Did you mean features.colour.include?'],
    ['zzz.qqq=1', 'Recipes have no field "zzz.qqq".', 'The parts of a recipe are version,'],
    ['training.epochs', '"training.epochs" sets nothing.', 'Write --set FIELD=VALUE'],
    ['=3', '"=3" sets nothing.', 'Write --set FIELD=VALUE'],
  ])('refuse %j', (override, message, hint) => {
    expect(() => set(override)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining(message) as unknown,
        hint: expect.stringContaining(hint) as unknown,
      }),
    );
  });

  it.each([
    ['training.epochs=three', 'Recipe field training.epochs must be a number, not "three".'],
    ['training.epochs=2.5', 'Recipe field training.epochs must be a whole number, not 2.5.'],
    ['training.method=lorra', 'Recipe field training.method must be "full" or "lora", not "lorra".'],
    ['target.column=colour', 'names "colour", which is the target'],
    ['template.name=mine2', ''],
  ])('check the value of %j', (override, message) => {
    if (message === '') expect(set(override).template.name).toBe('mine2');
    else expect(() => set(override)).toThrow(message);
  });
});
