import { applyOverrides } from '../recipe/document/apply-overrides';
import type { Recipe } from '../recipe/recipe';
import { fitTask } from '../run/task/prepare-task';
import type { Table } from '../table/table';
import type { StudyInput, StudyRun } from './study';

/** What a run has to do, in units that are proportional to time. */
export interface Work {
  /** Characters of prompts that are trained on, as often as the model goes over them. */
  readonly trained: number;
  /** Characters of prompts that are answered. */
  readonly answered: number;
  /** Rows for the baselines. */
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
    // Of the study's own table, in which what a run asks for may not be.
    const length = this.promptLength(run.set ?? [], { ...changed, task: recipe.task });
    return {
      trained: (trained * (1 + known) + generator) * length,
      answered: (validation + test) * (1 + known) * length,
      baselineRows: run.baselines ? rows.length : 0,
    };
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
  const task = fitTask(table, plain, () => undefined);
  const rows = task.parts.train.slice(0, promptsMeasured);
  const texts = rows.map((row) => task.writer.render(table.rows[row]!, []));
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
    const [trained, answered, baselines] = [new Rate(), new Rate(), new Rate()];
    let others = 0;
    for (const { work, timing } of this.timed) {
      const { training = 0, generating = 0, calibrating = 0, predicting = 0, total = 0 } = timing;
      trained.add(work.trained, training + generating);
      answered.add(work.answered, calibrating + predicting);
      baselines.add(work.baselineRows, timing.baselines ?? 0);
      others += Math.max(0, total - training - generating - calibrating - predicting - (timing.baselines ?? 0));
    }
    // What was never timed goes as fast as its like.
    const [learning, asking] = [trained.perUnit ?? answered.perUnit, answered.perUnit ?? trained.perUnit];
    const secondsOf = (work: Work): number =>
      others / this.timed.length +
      (learning ?? 0) * work.trained +
      (asking ?? 0) * work.answered +
      (baselines.perUnit ?? 0) * work.baselineRows;
    return works.reduce((sum, work) => sum + secondsOf(work), 0);
  }
}

/** Seconds for units of work, over all runs that had any. */
class Rate {
  private units = 0;
  private seconds = 0;

  add(units: number, seconds: number): void {
    if (units === 0) return;
    this.units += units;
    this.seconds += seconds;
  }

  get perUnit(): number | undefined {
    return this.units === 0 ? undefined : this.seconds / this.units;
  }
}
