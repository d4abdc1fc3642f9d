import { phrase } from '../../foundation/phrase';
import type { Phrase, Said } from '../../foundation/phrase';
import { classificationFigures } from './classification-figures';
import { regressionFigures } from './regression-figures';
import { paperAccuracy, paperError, paperNetworkAccuracy } from './whole-tables';

/** Figures of the paper (Dinh et al., NeurIPS 2022) that belong beside ours. */
export interface PaperFigures {
  /** What they are, and where they stand. */
  readonly note: Phrase;
  /** The first is the title of the names. */
  readonly columns: readonly Phrase[];
  readonly rows: readonly PaperRow[];
}

export type PaperRow = readonly [name: Said, ...figures: number[]];

/** Those of a study, by the names of the paper's tables. */
export interface StudyFigures extends Omit<PaperFigures, 'rows'> {
  readonly tables: Readonly<Record<string, readonly PaperRow[]>>;
}

const ofStudies: Readonly<Record<string, StudyFigures>> = { ...classificationFigures, ...regressionFigures };

/** The paper's figures for a study of a table that is one of the paper's, by the name of its file. */
export function paperFigures(study: string, table: string): PaperFigures | undefined {
  const find = <T>(figures: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.hasOwn(figures, name) ? figures[name] : undefined;
  const own = find(ofStudies, study);
  const rows = own && find(own.tables, table);
  if (rows) return { note: own.note, columns: own.columns, rows };
  const columns = [phrase``, ...['GPT-J', 'GPT-3'].map((model) => phrase`${model}`)];
  const wholes = [
    {
      figures: paperAccuracy,
      note: phrase`Accuracy in % on the whole table, without any change to it (Table 4).`,
    },
    {
      figures: paperNetworkAccuracy,
      note: phrase`Accuracy in % on the whole table, without any change to it (the results with the paper’s code).`,
    },
    {
      figures: paperError,
      note: phrase`Relative absolute error on the whole table, without any change to it (the results with the paper’s code).`,
    },
  ];
  for (const { figures, note } of wholes) {
    const found = find(figures, table);
    if (found) return { note, columns, rows: [['LIFT', ...found]] };
  }
  return undefined;
}
