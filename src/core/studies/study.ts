import type { Phrase } from '../foundation/phrase';
import type { Random } from '../foundation/random';
import type { Recipe } from '../recipe/recipe';
import type { FineTuneRequest, Metrics } from '../run/requests';
import type { RowParts } from '../run/task/split-rows';
import type { Table } from '../table/table';
import type { PartedRow } from './parted-rows';
import type { PredictedRow } from './predicted-rows';
import type { Requirement } from './requirements';
import type { ReportLanguage } from '../report/report-language';
import type { ReportSection } from '../report/section';

/** What a study is made for. */
export interface StudyInput {
  readonly table: Table;
  readonly recipe: Recipe;
  readonly seeds: readonly number[];
  /** Models to compare, for the study of pretraining. */
  readonly models: readonly string[];
  /** A folder for what a study makes besides tables, such as a model of random weights. */
  readonly folder: string;
  /** The split of a seed; the test rows are those of every seed. */
  readonly parts: (seed: number) => RowParts;
  /** Random numbers of a seed for one purpose. */
  readonly random: (seed: number, purpose: string) => Random;
}

/** One run of a study: a changed table, a changed recipe, or both. */
export interface StudyRun {
  /**
   * The name of its folder: unique in the study, the same whenever the study is planned again, and up to the number of the
   * seed, with which it ends (`rows-20-seed-0`), the same for every seed.
   */
  readonly id: string;
  /** What is compared in one plot. */
  readonly series: Phrase;
  /** Where it stands on the axis: a number, or a category. */
  readonly x: number | Phrase;
  readonly seed: number;
  /** Its rows with their parts, made when they are needed. */
  readonly rows: () => readonly PartedRow[];
  /** Changes of the recipe, as on the command line. */
  readonly set?: readonly string[];
  readonly model?: string;
  readonly inContext?: FineTuneRequest['inContext'];
  /** Metrics from the run's predictions, where its own are not those of the study. */
  readonly judge?: (rows: readonly PredictedRow[]) => Metrics;
  /** Whether the baselines run too: not where a series differs in nothing that they see. */
  readonly baselines: boolean;
}

/** The folder's name of the same run with another seed. */
export function idForSeed({ id }: Pick<StudyRun, 'id'>, seed: number): string {
  return id.replace(/\d+$/u, String(seed));
}

/** What a run of a study came to. */
export interface StudyResult {
  readonly id: string;
  readonly series: Phrase;
  readonly x: number | Phrase;
  readonly seed: number;
  /** On the test rows. */
  readonly metrics: Metrics;
  readonly baselines: Readonly<Record<string, Metrics>>;
  /** Seconds by stage. */
  readonly timing: Readonly<Record<string, number>>;
  /** The run folder, in the folder of the study. */
  readonly run: string;
}

/** What results are compared along. */
export interface StudyAxis {
  readonly label: Phrase;
  readonly scale: 'linear' | 'log' | 'category';
  /** Whether categories differ for the baselines too, such as tables, unlike the wordings of a prompt. */
  readonly concernsBaselines?: boolean;
}

/** A metric as reports show it. */
export interface Measure {
  readonly key: string;
  readonly title: Phrase;
  readonly higher: boolean;
  readonly meaning: Phrase;
}

/** A study of the paper (LIFT, NeurIPS 2022), for any table. */
export interface StudyKind {
  readonly name: string;
  readonly title: Phrase;
  /** What is asked, in one sentence for people. */
  readonly question: Phrase;
  /** The only task that it is for; any when left out. */
  readonly task?: Recipe['task'];
  /** What else it asks of a table. */
  readonly requires?: readonly Requirement[];
  /** What is done to find out. */
  readonly method: Phrase;
  /** How the plot is to be read. */
  readonly reading: Phrase;
  readonly axis: StudyAxis;
  /** What the report shows in tables beside the main measure. */
  readonly besides?: readonly Measure[];
  /** The runs, for a table that meets what the study asks of it. */
  readonly plan: (input: StudyInput) => StudyRun[] | Promise<StudyRun[]>;
  /** More for the report, from the run folders: plots of single rows. */
  readonly sections?: (
    results: readonly StudyResult[],
    input: StudyInput,
    language: ReportLanguage,
  ) => Promise<ReportSection[]>;
}
