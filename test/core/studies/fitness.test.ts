import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { applyOverrides } from '../../../src/core/recipe/document/apply-overrides';
import { planStudy, whyUnfit } from '../../../src/core/studies/fitness';
import type { StudyInput } from '../../../src/core/studies/study';
import { studyGroups, studyKind, studyKinds } from '../../../src/core/studies/study-kinds';
import { temporaryFolder } from '../../helpers/bundle';
import { inputFor, studyInput } from './study-input';

const flowers = studyInput('kind');
const prices = studyInput('price');
const twoKinds = studyInput('kind', 90, 2);

/** The same with other columns told. */
function telling(input: StudyInput, ...set: string[]): StudyInput {
  return { ...input, recipe: applyOverrides(input.recipe, set, input.table.columns) };
}

/** The same as if only some rows of the table were known. */
function glanced(input: StudyInput): StudyInput {
  const columns = input.table.columns.map((column) => ({ ...column, distinctCapped: true }));
  return { ...input, table: { ...input.table, columns } };
}

const unfit = (input: StudyInput): Record<string, string> =>
  Object.fromEntries(
    studyKinds.flatMap((kind) => {
      const why = whyUnfit(kind, input)?.message;
      return why === undefined ? [] : [[kind.name, why] as const];
    }),
  );

const forClasses = '"price" is a number: this study is for classes.';
const forNumbers = '"kind" is a class: this study is for numbers.';
const noNumber = 'No column that prompts tell is a number.';
const oneNumber = 'Only one column that prompts tell is a number: this study is for two and more.';

const onlyForClasses = ['imbalance', 'class-scaling', 'label-noise', 'mixup', 'decision-boundary', 'teachers'] as const;
const onlyForNumbers = ['outliers', 'contradicting-prompts', 'ridge', 'interpolation'] as const;
const named = (names: readonly string[], why: string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, why]));

describe('the groups of studies', () => {
  it('have each study once, and have a title each', () => {
    const listed = studyGroups.flatMap(({ kinds }) => kinds.map(({ name }) => name));
    expect(new Set(listed).size).toBe(listed.length);
    expect(new Set(studyGroups.map(({ title }) => title.text)).size).toBe(studyGroups.length);
    // Two of them share a file.
    expect(listed).toHaveLength(readdirSync('src/core/studies/kinds').length + 1);
  });
});

describe('a study', () => {
  it('fits the tables that it is made for', () => {
    for (const kind of studyKinds) expect(whyUnfit(kind, inputFor(kind))).toBeUndefined();
  });

  it('says what it is for where the target is of the other kind', () => {
    expect(unfit(prices)).toEqual(named(onlyForClasses, forClasses));
    expect(unfit(flowers)).toEqual({
      ...named(onlyForNumbers, forNumbers),
      mixup: '"kind" has 3 classes: this study is for two.',
    });
    expect(unfit(twoKinds)).toEqual({
      ...named(onlyForNumbers, forNumbers),
      'class-scaling': '"kind" has 2 classes: this study is for three and more.',
    });
  });

  it('says which columns it lacks', () => {
    const one = telling(twoKinds, 'features.width.include=false');
    expect(unfit(one)).toMatchObject({
      'column-scaling': 'Prompts tell one column only: this study is for two and more.',
      'decision-boundary': oneNumber,
    });
    expect(unfit(telling(prices, 'features.width.include=false'))).toMatchObject({
      'contradicting-prompts': oneNumber,
    });
    const words = telling(
      prices,
      'features.kind.include=true',
      'features.length.include=false',
      'features.width.include=false',
    );
    const needNumbers = ['feature-noise', 'augmentation', 'adversarial', ...onlyForNumbers.slice(1)];
    expect(unfit(words)).toMatchObject(named(needNumbers, noNumber));
  });

  it('is not refused for classes that may be in rows that nobody has looked at', () => {
    expect(unfit(glanced(twoKinds))).toEqual(named(onlyForNumbers, forNumbers));
    // There are no fewer than were seen.
    expect(unfit(glanced(flowers))).toHaveProperty('mixup');
  });

  it('is planned for a table that it fits, and else refused with the same reason', async () => {
    const folder = await temporaryFolder();
    for (const input of [flowers, prices, twoKinds].map((some) => ({ ...some, folder }))) {
      for (const kind of studyKinds) {
        const why = whyUnfit(kind, input);
        if (!why) expect((await planStudy(kind, input)).length).toBeGreaterThan(0);
        else await expect(planStudy(kind, input)).rejects.toThrow(why.message);
      }
    }
  });

  it('says what to do instead', async () => {
    const refused = await planStudy(studyKind('mixup'), flowers).catch((error: unknown) => error);
    expect(LiftError.is(refused, 'usage') && refused.hint).toBe('Take another study, or another target.');
  });
});
