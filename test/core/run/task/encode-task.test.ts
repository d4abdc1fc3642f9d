import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../../../src/core/model/tokenizer/load-tokenizer';
import { openModelFolder } from '../../../../src/core/model/open-model-folder';
import type { Tokenizer } from '../../../../src/core/model/tokenizer/tokenizer';
import { applyOverrides } from '../../../../src/core/recipe/document/apply-overrides';
import { inferRecipe } from '../../../../src/core/recipe/infer/infer-recipe';
import { encodeTask, promptLimits } from '../../../../src/core/run/task/encode-task';
import type { EncodedTask } from '../../../../src/core/run/task/encode-task';
import type { RunContext, RunEvent } from '../../../../src/core/run/events';
import { prepareTask } from '../../../../src/core/run/task/prepare-task';
import { readTable } from '../../../../src/core/table/read-table';
import type { Table } from '../../../../src/core/table/table';
import type { TokenExample } from '../../../../src/core/training/batches/token-example';

const root = join(__dirname, '..', '..', '..', '..');
let table: Table;
let tokenizer: Tokenizer;

beforeAll(async () => {
  table = await readTable(join(root, 'media', 'samples', 'iris.csv'));
  tokenizer = await loadTokenizer(await openModelFolder(join(root, 'base-model')));
});

/** @param said takes the notices in */
async function encodedWith(set: readonly string[], said: RunEvent[] = []): Promise<EncodedTask> {
  const { recipe } = inferRecipe(table, { target: 'species' });
  const context: RunContext = { emit: (event) => said.push(event) };
  const task = await prepareTask(table, applyOverrides(recipe, set), context);
  return encodeTask(task, promptLimits(task, tokenizer, 2048), context, () => undefined);
}

const encoded = (loss: string): Promise<EncodedTask> => encodedWith([`training.loss=${loss}`, 'examples.rows=4']);

/** How many answers of a text carry loss: runs of neighbouring positions. */
const answersWithLoss = ({ lossPositions }: TokenExample): number =>
  lossPositions.filter((position, index) => lossPositions[index - 1] !== position - 1).length;

describe('the encoding of a task', () => {
  it.each([
    ['answer', 1],
    ['answers', 5],
  ])('teaches with the loss "%s" %i answers of a prompt with four example rows', async (loss, answers) => {
    const { train } = await encoded(loss);
    expect(new Set((train as TokenExample[]).map(answersWithLoss))).toEqual(new Set([answers]));
  });

  it.each(['answer', 'answers'])('validates with the loss "%s" the answers of new rows only', async (loss) => {
    const { validation } = await encoded(loss);
    expect(validation).toHaveLength(24);
    expect(new Set(validation.map(answersWithLoss))).toEqual(new Set([1]));
  });

  it('advises more steps where example rows are taken out of a recipe that was made for them', async () => {
    const said: RunEvent[] = [];
    await encodedWith(['examples.rows=0'], said);
    const [notice] = said.flatMap((event) => (event.event === 'notice' ? event.message : []));
    expect(notice).toContain('Without example rows');
    const [, batch, epochs] = /training\.batchTokens to (\d+) and training\.epochs to (\d+)/.exec(notice!)!;
    said.length = 0;
    await encodedWith(['examples.rows=0', `training.batchTokens=${batch}`, `training.epochs=${epochs}`], said);
    await encodedWith(['examples.rows=0', 'training.steps=5'], said);
    await encodedWith([], said);
    expect(said).toEqual([]);
  });
});
