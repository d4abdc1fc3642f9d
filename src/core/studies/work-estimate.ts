import { applyOverrides } from '../recipe/document/apply-overrides';
import type { Recipe } from '../recipe/recipe';
import { prepareTask } from '../run/task/prepare-task';
import type { Table } from '../table/table';
import type { StudyInput, StudyRun } from './study';

/** What a run has to do, in units that are proportional to time: characters of prompts, and rows for the baselines. */
export interface Work {
  readonly characters: number;
  readonly baselineRows: number;
}

/** Training goes forward once and backward for about twice that; validation and prediction only forward. */
const trainingPasses = 3;
const promptsMeasured = 5;

/** Estimates the work of runs; prompts are measured once for each change of the recipe. */
export class WorkEstimate {
  private readonly lengths = new Map<string, number>();

  constructor(private readonly input: StudyInput) {}

  of(run: StudyRun): Work {
    const rows = run.rows();
    const count = (part: string): number => rows.filter((row) => row.part === part).length;
    const [train, validation, test] = [count('train'), count('validation'), count('test')];
    const { table, recipe } = this.input;
    const changed = applyOverrides(recipe, run.set ?? [], table.columns);
    const { epochs, steps, maxRows, augment } = changed.training;
    const learns = run.inContext === undefined && steps !== 0;
    const learnt = Math.min(train, maxRows);
    const trained = learns ? trainingPasses * epochs * (learnt + augment.rows) + epochs * validation : 0;
    // Rows are learnt without example rows in the other direction, and the training seldom goes on to its end.
    const generator = augment.rows > 0 ? trainingPasses * (changed.generation.epochs / 2) * learnt + augment.rows : 0;
    const examples = run.inContext?.rows ?? changed.examples.rows;
    const known = typeof examples === 'number' ? Math.min(examples, train) : train;
    const prompts = (trained + validation + test) * (1 + known) + generator;
    const characters = prompts * this.promptLength(run.set ?? [], changed);
    return { characters, baselineRows: run.baselines ? rows.length : 0 };
  }

  /** Mean characters of a row in a prompt. */
  private promptLength(set: readonly string[], recipe: Recipe): number {
    const key = JSON.stringify(set);
    let length = this.lengths.get(key);
    if (length === undefined) this.lengths.set(key, (length = measured(this.input.table, recipe)));
    return length;
  }
}

function measured(table: Table, recipe: Recipe): number {
  const plain = { ...recipe, examples: { ...recipe.examples, rows: 0 } };
  const task = prepareTask(table, plain, () => undefined);
  const rows = task.parts.train.slice(0, promptsMeasured);
  const texts = rows.map((row) => task.source.render(task.promptRow(row)));
  return texts.reduce((sum, { prompt, completion }) => sum + prompt.length + completion.length, 0) / rows.length;
}

/** Seconds that work takes, learnt from runs that were timed. */
export class Pace {
  private readonly timed: { readonly work: Work; readonly timing: Readonly<Record<string, number>> }[] = [];

  add(work: Work, timing: Readonly<Record<string, number>>): void {
    this.timed.push({ work, timing });
  }

  /** Undefined before any run was timed. */
  seconds(works: readonly Work[]): number | undefined {
    if (this.timed.length === 0) return undefined;
    let [characters, asking, rows, baselines, others] = [0, 0, 0, 0, 0];
    for (const { work, timing } of this.timed) {
      const { preparing = 0, training = 0, generating = 0, calibrating = 0, predicting = 0, total = 0 } = timing;
      const model = preparing + training + generating + calibrating + predicting;
      characters += work.characters;
      asking += model;
      rows += work.baselineRows;
      baselines += timing.baselines ?? 0;
      others += Math.max(0, total - model - (timing.baselines ?? 0)) / this.timed.length;
    }
    const perCharacter = characters === 0 ? 0 : asking / characters;
    const perRow = rows === 0 ? 0 : baselines / rows;
    return works.reduce((sum, work) => sum + others + perCharacter * work.characters + perRow * work.baselineRows, 0);
  }
}
