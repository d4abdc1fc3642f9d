import { afterEach, expect, it } from 'vitest';
import { applyOverrides } from '../../../src/core/recipe/document/apply-overrides';
import { pickStudy } from '../../../src/extension/studies/pick-study';
import { studyInput } from '../../core/studies/study-input';
import { user } from '../../helpers/dialogs';
import { env, l10n } from '../../helpers/vscode';

const flowers = studyInput('kind');

afterEach(() => {
  env.language = 'en';
  l10n.bundle = undefined;
});

it('offers the studies under headings, those that do not fit last, with the reason', async () => {
  user.will({ choose: 'What do wrong labels cost?' });
  expect((await pickStudy('flowers', flowers))?.name).toBe('label-noise');
  const { text, choices } = user.seen[0]!;
  const place = (label: string): number => choices.indexOf(label);
  expect(place('How much data')).toBe(0);
  expect(place('Wrong and noisy data')).toBeLessThan(place('What do wrong labels cost?'));
  expect(place('What do wrong labels cost?')).toBeLessThan(place('Prompts and names'));
  expect(choices.slice(place('Not for this table') + 1)).toEqual(
    expect.arrayContaining(['$(circle-slash) What do outliers cost?']),
  );
  expect(text).toContain('mixup · "kind" has 3 classes: this study is for two.');
});

it('has no heading without a study below it', async () => {
  const prices = studyInput('price');
  const changes = ['features.kind.include=true', 'features.length.include=false', 'features.width.include=false'];
  const recipe = applyOverrides(prices.recipe, changes, prices.table.columns);
  user.will('escape');
  expect(await pickStudy('flowers', { table: prices.table, recipe })).toBeUndefined();
  expect(user.seen[0]!.choices).not.toContain('How the model decides');
});

it('says what would help to whoever wants one that does not fit', async () => {
  user.will({ choose: '$(circle-slash) Do mixed rows help to tell two classes apart?' });
  await expect(pickStudy('flowers', flowers)).rejects.toMatchObject({
    message: '"kind" has 3 classes: this study is for two.',
    hint: 'Take another study, or another target.',
  });
});

it('says so in the language of the editor', async () => {
  env.language = 'de';
  l10n.bundle = { 'Wrong and noisy data': 'Falsche und verrauschte Daten' };
  user.will('escape');
  await pickStudy('flowers', flowers);
  expect(user.seen[0]!.choices).toContain('Falsche und verrauschte Daten');
});
