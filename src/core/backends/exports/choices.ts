import { CompletionEncoder } from '../../inference/completion-encoder';
import type { CompletionTree } from '../../inference/completion-tree';
import { logSumExp } from '../../inference/edge-scores';
import { averageProbabilities, columnOrders } from '../../inference/permutation-ensemble';
import { LiftError } from '../../foundation/lift-error';
import type { AskingOptions } from '../../run/answer/answerer';
import { breather } from '../../run/progress/breathe';
import { answerOf, choicesOf, headOf } from '../../run/answer/choice-answerer';
import type { PromptRow } from '../../run/task/prompt-source';
import { promptText } from '../../run/task/token-examples';
import type { ExportedQuestions } from './questions';
import { jsonFile, linesFile } from './files';

/** Every row with the tree of all its possible answers, once for each of the recipe's column orders. */
export async function exportChoices(
  { recipe, writer, source, limits }: AskingOptions,
  rows: readonly PromptRow[],
  signal: AbortSignal | undefined,
): Promise<ExportedQuestions> {
  const choices = choicesOf(writer);
  const encoder = new CompletionEncoder(limits.tokenizer, choices.completions);
  const orders = columnOrders(writer.featureCount, recipe.prediction.permutations, recipe.training.seed);
  const trees = new Map<CompletionTree, number>();
  const asked: { p: number[]; c: number }[] = [];
  const breathe = breather(signal);
  for (const [view, order] of orders.entries()) {
    for (const row of rows) {
      await breathe();
      const { prompt, tree } = encoder.row(promptText(source.encode(row, limits, view === 0 ? undefined : order)));
      if (!trees.has(tree)) trees.set(tree, trees.size);
      asked.push({ p: Array.from(prompt), c: trees.get(tree)! });
    }
  }
  const count = choices.completions.length;
  return {
    asking: { kind: 'choices', head: headOf(choices, recipe) },
    files: new Map([
      ['ask.jsonl', linesFile(asked)],
      ['trees.json', jsonFile([...trees.keys()].map(treeFields))],
    ]),
    read: (answers) => {
      const scores = floatsOf(answers, asked.length * count);
      const probabilities = asked.map((_, row) => normalised(scores.subarray(row * count, (row + 1) * count)));
      const views = orders.map((_, view) => probabilities.slice(view * rows.length, (view + 1) * rows.length));
      return averageProbabilities(views).map((row) => answerOf(choices, row));
    },
  };
}

function treeFields(tree: CompletionTree): Record<string, unknown> {
  return {
    tokens: [...tree.tokens],
    depths: [...tree.depths],
    visibleUntil: [...tree.visibleUntil],
    edgeParents: [...tree.edgeParents],
    edgeTokens: [...tree.edgeTokens],
    paths: tree.paths.map((path) => [...path]),
  };
}

/** 32-bit floats, little-endian. */
function floatsOf(bytes: Uint8Array, count: number): Float32Array {
  if (bytes.length !== count * 4) throw new Error(`${bytes.length} bytes instead of ${count * 4}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: count }, (_, index) => view.getFloat32(index * 4, true));
}

/** exp(log p) scaled to sum to 1. */
function normalised(logProbabilities: Float32Array): Float64Array {
  const total = logSumExp(logProbabilities);
  if (!Number.isFinite(total)) {
    throw new LiftError(
      'model-invalid',
      'The model gives no probabilities: its weights are damaged, or too large for its number format.',
      'Train again with a lower learning rate, or take another model.',
    );
  }
  return Float64Array.from(logProbabilities, (logProbability) => Math.exp(logProbability - total));
}
