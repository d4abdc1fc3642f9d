import type { CompletionTree } from './completion-tree';
import type { Scorer, ScoringRunOptions } from './scorer';
import type { ScoringText } from './scoring-text';

/** The log-probability of every edge of a row's tree: [rows][edges], rows in the order of the texts. */
export type EdgeScores = Float32Array[];

/** The place in a text of a laid-out token of one of its rows; −1 is the end of the row's prompt. */
function placeOf(text: ScoringText, row: number, parent: number): number {
  return parent < 0 ? text.promptEnds[row]! : text.treeStarts[row]! + parent;
}

/** Over all tokens: every edge is asked about by itself. */
export async function fullEdges(
  scorer: Scorer,
  texts: readonly ScoringText[],
  options: ScoringRunOptions,
): Promise<EdgeScores> {
  const asked = texts.map((text) => {
    const places = text.rows.flatMap(({ tree }, row) =>
      Array.from(tree.edgeParents, (parent) => placeOf(text, row, parent)),
    );
    const targets = text.rows.flatMap(({ tree }) => [...tree.edgeTokens]);
    return { ...text, places: Int32Array.from(places), targets: Int32Array.from(targets) };
  });
  const answers = await scorer.logProbabilities(asked, options);
  return texts.flatMap(({ rows }, text) => {
    let start = 0;
    return rows.map(({ tree }) => answers[text]!.slice(start, (start += tree.edgeTokens.length)));
  });
}

/** The branchings of a tree: a laid-out token (or −1) with the edges that go on from it. */
interface Branching {
  readonly parent: number;
  readonly edges: readonly number[];
}

function branchingsOf(tree: CompletionTree): Branching[] {
  const byParent = new Map<number, number[]>();
  for (const [edge, parent] of tree.edgeParents.entries()) {
    const edges = byParent.get(parent);
    if (edges === undefined) byParent.set(parent, [edge]);
    else edges.push(edge);
  }
  return [...byParent].map(([parent, edges]) => ({ parent, edges }));
}

/** Over the edges of the same branching: each branching is asked about once. */
export async function restrictedEdges(
  scorer: Scorer,
  texts: readonly ScoringText[],
  options: ScoringRunOptions,
): Promise<EdgeScores> {
  const trees = new Set(texts.flatMap(({ rows }) => rows.map(({ tree }) => tree)));
  const branchings = new Map([...trees].map((tree) => [tree, branchingsOf(tree)]));
  const allowed = Int32Array.from(new Set([...trees].flatMap((tree) => [...tree.edgeTokens]))).sort();
  const columns = new Map([...allowed].map((token, column) => [token, column]));
  const asked = texts.map((text) => {
    const places = text.rows.flatMap(({ tree }, row) =>
      branchings.get(tree)!.map(({ parent }) => placeOf(text, row, parent)),
    );
    return { ...text, places: Int32Array.from(places) };
  });
  const answers = await scorer.distributions(asked, allowed, options);
  return texts.flatMap(({ rows }, text) => {
    let start = 0;
    return rows.map(({ tree }) => {
      const scores = new Float32Array(tree.edgeTokens.length);
      for (const { edges } of branchings.get(tree)!) {
        const logits = edges.map((edge) => answers[text]![start + columns.get(tree.edgeTokens[edge]!)!]!);
        const total = logSumExp(logits);
        for (const [index, edge] of edges.entries()) scores[edge] = logits[index]! - total;
        start += allowed.length;
      }
      return scores;
    });
  });
}

/** log Σ exp(values), without overflow. */
export function logSumExp(values: Iterable<number>): number {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum);
}
