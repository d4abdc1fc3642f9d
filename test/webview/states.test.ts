import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inferRecipe } from '../../src/core/recipe/infer/infer-recipe';
import { writeRecipe } from '../../src/core/recipe/document/write-recipe';
import { readTable } from '../../src/core/table/read-table';
import { RecipeSession } from '../../src/extension/recipe/recipe-session';
import type { PredictionsViewState } from '../../src/shared/predictions-view';
import type { RecipeViewState } from '../../src/shared/recipe-view';
import type { TrainingSnapshot } from '../../src/shared/training-view';
import { PageHarness, missingBrowser, themeNames } from './page-harness';
import type { Answer } from './page-harness';
import { overflow } from './reachable';
import { bracketed, templateWords, untranslatedWords } from './untranslated';

/** A state in which a page has little or nothing to show, or something to complain of. */
interface State {
  readonly name: string;
  readonly answer: Answer;
  /** What it must say. */
  readonly says: string;
  /** What would be wrong to say. */
  readonly lacks?: string;
}

const run: TrainingSnapshot = {
  name: 'iris',
  path: '/runs/iris',
  state: 'created',
  readsOnly: false,
  doing: '',
  fraction: 0,
  tokensPerSecond: undefined,
  steps: [],
  epochs: [],
  notices: [],
  error: undefined,
  metrics: [],
};

const accuracy = { label: 'Accuracy', value: '93.3 %', explanation: 'The share of rows that were predicted right.' };
const fullDisk = { message: 'The disk is full: could not write checkpoint.', hint: 'Free some space and resume.' };
const training: State[] = [
  { name: 'starting', answer: () => run, says: 'Starting' },
  { name: 'stopped', answer: () => ({ ...run, state: 'stopped' }), says: 'It ended within the first epoch.' },
  { name: 'failed', answer: () => ({ ...run, state: 'failed', error: fullDisk }), says: 'The disk is full' },
  {
    name: 'reading, without training',
    answer: () => ({ ...run, state: 'running', readsOnly: true, doing: 'Predicting 40 %' }),
    says: 'Nothing is trained',
    lacks: 'The first epoch is not over yet.',
  },
  {
    name: 'done without training',
    answer: () => ({ ...run, state: 'done', readsOnly: true, metrics: [accuracy] }),
    says: 'Nothing was trained',
    lacks: 'It ended within the first epoch.',
  },
];

const table: PredictionsViewState = {
  opening: 1,
  table: {
    name: 'iris.csv',
    path: '/iris.csv',
    columns: [{ name: 'species', isNumber: false, width: 10 }],
    rows: 0,
    complete: true,
  },
  run: undefined,
  scopes: [{ scope: 'all', rows: 0 }],
  firstScope: 'all',
  metrics: undefined,
  notices: [],
  error: undefined,
};

function predictionsOf(state: PredictionsViewState): Answer {
  const nothing = { view: 1, rows: 0, counts: { all: 0, wrong: 0, unsure: 0, fallback: 0 } };
  return (method) => (method === 'ready' ? state : method === 'query' ? nothing : []);
}

const gone = { code: 'file-not-found', message: 'iris.csv does not exist.', hint: 'Check the path.' };
const predictions: State[] = [
  { name: 'no-rows', answer: predictionsOf(table), says: 'There are no rows.' },
  { name: 'no-table', answer: predictionsOf({ ...table, error: gone }), says: 'iris.csv does not exist.' },
  {
    name: 'changed-table',
    answer: predictionsOf({ ...table, notices: ['iris.csv has changed since the run.'] }),
    says: 'iris.csv has changed since the run.',
  },
];

const compare: State[] = [
  {
    name: 'unreadable',
    answer: () => {
      throw new Error('There is no predictions.csv.');
    },
    says: 'There is no predictions.csv.',
  },
];

/** What the session says of a document, changed. */
function recipeOf(text: string, change: Partial<RecipeViewState> = {}): Answer {
  const session = new RecipeSession(resolve('media', 'samples', 'states.lift.json'));
  return async (method, params) => {
    if (method === 'row') return session.previewRow((params as { row: number }).row);
    if (method === 'countTokens') return session.countTokens((params as { texts: string[] }).texts);
    if (method !== 'ready') return undefined;
    session.takeText(text);
    await session.update();
    return { ...session.view(true), ...change };
  };
}

async function recipeStates(folder: string): Promise<State[]> {
  const { recipe } = inferRecipe(await readTable(resolve('media', 'samples', 'iris.csv')));
  const text = writeRecipe(recipe);
  const elsewhere = writeRecipe({ ...recipe, dataset: join(folder, 'gone.csv') });
  return [
    { name: 'broken', answer: recipeOf('{ "version": 1, '), says: 'This recipe cannot be read' },
    { name: 'no-table', answer: recipeOf(elsewhere), says: 'gone.csv does not exist' },
    { name: 'restricted', answer: recipeOf(text, { trusted: false }), says: 'This workspace is in Restricted Mode' },
    { name: 'reading', answer: recipeOf(text, { reading: true }), says: 'These are the first rows' },
  ];
}

describe.skipIf(missingBrowser)('a page with little to show', () => {
  let folder: string;
  let pages: [page: string, states: State[]][];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lift-states-'));
    pages = [
      ['recipe', await recipeStates(folder)],
      ['training', training],
      ['predictions', predictions],
      ['compare', compare],
    ];
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(['recipe', 'training', 'predictions', 'compare'])(
    'says so without accessibility or policy violations in any theme, and within 320 pixels: %s',
    { timeout: 600_000 },
    async (name) => {
      const harness = await PageHarness.start(name);
      try {
        const [, states] = pages.find(([page]) => page === name)!;
        for (const state of states) {
          const opened = await harness.open(name, themeNames[0], state.answer, { height: 700 });
          await opened.page.getByText(state.says, { exact: false }).first().waitFor();
          if (state.lacks !== undefined) expect(await opened.page.getByText(state.lacks).isVisible()).toBe(false);
          for (const theme of themeNames) {
            await opened.page.setViewportSize({ width: theme === 'Light Modern' ? 320 : 1000, height: 700 });
            await opened.useTheme(theme);
            const violations = await opened.violations(theme);
            if (process.env.LIFT_SCREENSHOTS) {
              const path = `${process.env.LIFT_SCREENSHOTS}/state-${name}-${state.name}-${theme.replaceAll(' ', '-')}.png`;
              await opened.page.screenshot({ path });
            }
            const seen = { state: state.name, theme, violations, overflow: await overflow(opened.page) };
            expect(seen).toEqual({ state: state.name, theme, violations: [], overflow: 0 });
          }
          expect(opened.errors).toEqual([]);
          const translated = await harness.open(name, themeNames[0], state.answer, { texts: bracketed });
          await translated.page.getByText(state.says, { exact: false }).first().waitFor();
          expect(await untranslatedWords(translated.page, [translated.answers, state.says], templateWords)).toEqual([]);
        }
      } finally {
        await harness.stop();
      }
    },
  );
});
