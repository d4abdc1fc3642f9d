import { median } from '../foundation/median';
import type { Cell } from '../table/table';
import { closestDistances } from './closest-record';
import { usefulness } from './compared-models';
import { correlationGap, marginalsOf } from './marginals';
import type { Fidelity } from './requests';
import { realRows } from './small-table';
import type { SourceRows } from './source-rows';
import { tellingApart } from './telling-apart';
import { validRows } from './valid-rows';

/** How many rows are compared one with another at most: the work grows with the square. */
const mostCompared = 2000;

/** How like the real rows made ones are, how useful, and how near to being copies. */
export async function fidelityOf(
  source: SourceRows,
  made: readonly (readonly Cell[])[],
  signal: AbortSignal | undefined,
): Promise<Fidelity> {
  const { columns } = source;
  const [train, validation, test] = [source.train, source.validation, source.test].map((rows) =>
    realRows(source, rows),
  ) as [Cell[][], Cell[][], Cell[][]];
  const known = train.slice(0, mostCompared);
  const distance = (rows: readonly (readonly Cell[])[]): number =>
    median(closestDistances(columns, rows.slice(0, mostCompared), known)) ?? 0;
  return {
    valid: validRows(source, made) / made.length,
    marginals: marginalsOf(columns, made, train),
    correlationGap: correlationGap(columns, made, train),
    tellingApartAuc: await tellingApart(source, made, [...train, ...validation, ...test], signal),
    usefulness: await usefulness(source, made, { train, validation, test }, signal),
    closest: { made: distance(made), realTest: test.length === 0 ? undefined : distance(test) },
  };
}
