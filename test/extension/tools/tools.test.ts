import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { builtinTemplateNames } from '../../../src/core/prompt/template/builtin-templates';
import { inferRecipe } from '../../../src/core/recipe/infer/infer-recipe';
import { writeRecipe } from '../../../src/core/recipe/document/write-recipe';
import { readTable } from '../../../src/core/table/read-table';
import { describeCsv } from '../../../src/extension/tools/describe-csv';
import { listRuns } from '../../../src/extension/tools/list-runs';
import { renderPrompts, RenderPromptsInput } from '../../../src/extension/tools/render-prompts';
import { workspaceFile } from '../../../src/extension/tools/workspace-file';
import { readRunSummary } from '../../../src/extension/runs/run-summary';
import { temporaryFolder } from '../../helpers/bundle';
import { writeTinyModelFolder } from '../../helpers/tiny-model-folder';
import { pretendClasses, writeSampleRun } from '../predictions/sample-run';

const iris = join('media', 'samples', 'iris.csv');
const { signal } = new AbortController();

describe('describing a table for a language model', () => {
  it('tells columns, statistics, and what would be predicted', async () => {
    expect(await describeCsv(iris, undefined, signal)).toMatchObject({
      rows: 150,
      columnCount: 5,
      target: 'species',
      task: 'classification',
      columns: [{ type: 'number', minimum: 4.3, maximum: 7.9 }, {}, {}, {}, { name: 'species', distinct: 3 }],
    });
  });

  it('says so when the column that is asked for is not there', async () => {
    await expect(describeCsv(iris, 'specie', signal)).rejects.toMatchObject({ code: 'column-missing' });
  });
});

describe('rendering prompts for a language model', () => {
  it('gives the text of the rows that are asked for, with the answers', async () => {
    const input = v.parse(RenderPromptsInput, { file: iris, target: 'species', template: 'sentence', rows: [1, 51] });
    const { prompts } = (await renderPrompts(input, {}, signal)) as {
      prompts: { prompt: string; completion: string }[];
    };
    expect(prompts).toMatchObject([
      { row: 1, line: 2 },
      { row: 51, line: 52 },
    ]);
    expect(prompts[0]!.completion).toContain('setosa');
    expect(prompts[1]!.completion).toContain('versicolor');
    expect(prompts[0]!.prompt).toContain('5.1');
  });

  it('counts tokens with a model of the folder that the settings name, and fetches none', async () => {
    const folder = await temporaryFolder();
    const { recipe } = inferRecipe(await readTable(iris), { model: 'people/model' });
    const path = join(folder, 'iris.lift.json');
    await writeFile(path, writeRecipe({ ...recipe, dataset: resolve(iris) }));
    const environment = { HF_HUB_CACHE: join(folder, 'models'), HF_HUB_OFFLINE: '1' };
    const input = v.parse(RenderPromptsInput, { file: iris, recipe: path });
    await expect(renderPrompts(input, environment, signal)).rejects.toMatchObject({ code: 'model-not-found' });
    await writeTinyModelFolder(join(folder, 'models', 'models--people--model', 'snapshots', 'main'), 'llama', 4096);
    expect(await renderPrompts(input, environment, signal)).toMatchObject({ prompts: [{ contextLength: 4096 }] });
  });

  it('refuses input that is none', () => {
    expect(v.safeParse(RenderPromptsInput, { file: iris, rows: [0] }).success).toBe(false);
    expect(v.safeParse(RenderPromptsInput, { file: iris, template: 'haiku' }).success).toBe(false);
  });
});

describe('listing runs for a language model', () => {
  it('tells what was trained on what and how good it is, of one table when asked', async () => {
    const { folder, table } = await writeSampleRun(await temporaryFolder(), iris, 'species', pretendClasses);
    const run = await readRunSummary(folder.path);
    expect(listRuns([run], table)).toMatchObject({
      total: 1,
      runs: [
        { run: folder.path, state: 'done', target: 'species', testMetrics: { accuracy: expect.any(Number) as number } },
      ],
    });
    expect(listRuns([run], '/another.csv')).toEqual({ total: 0, runs: [] });
  });
});

describe('a file that a language model names', () => {
  it('is found in the workspace, and nowhere else', async () => {
    const folder = await temporaryFolder();
    const workspace = join(folder, 'workspace');
    await mkdir(workspace);
    await writeFile(join(workspace, 'a.csv'), 'x,y\n1,2\n');
    await writeFile(join(folder, 'secret.csv'), 'x,y\n1,2\n');
    await symlink(join(folder, 'secret.csv'), join(workspace, 'link.csv'));
    expect(await workspaceFile('a.csv', [workspace])).toBe(join(workspace, 'a.csv'));
    expect(await workspaceFile(join(workspace, 'a.csv'), [workspace])).toBe(join(workspace, 'a.csv'));
    for (const outside of [join(folder, 'secret.csv'), '../secret.csv', 'link.csv']) {
      await expect(workspaceFile(outside, [workspace])).rejects.toMatchObject({ code: 'usage' });
    }
    await expect(workspaceFile('b.csv', [workspace])).rejects.toMatchObject({ code: 'file-not-found' });
  });
});

describe('the tools in the manifest', () => {
  it('offer the templates that there are', async () => {
    const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
      contributes: {
        languageModelTools: { name: string; inputSchema: { properties: { template?: { enum: string[] } } } }[];
      };
    };
    const tools = manifest.contributes.languageModelTools;
    expect(tools.map(({ name }) => name)).toEqual([
      'lift_describe_csv',
      'lift_render_prompts',
      'lift_list_runs',
      'lift_predict_rows',
    ]);
    expect(tools[1]!.inputSchema.properties.template?.enum).toEqual(builtinTemplateNames);
  });
});
