import * as v from 'valibot';
import * as vscode from 'vscode';
import { LiftError } from '../../core/foundation/lift-error';
import { phrase } from '../../core/foundation/phrase';
import { EngineClient } from '../../engine/engine-client';
import { requireTrust } from '../commands/require-trust';
import { configuration } from '../configuration';
import { log } from '../log';
import type { RunStore } from '../runs/run-store';
import type { RunSummary } from '../runs/run-summary';
import type { TrainingService } from '../training/training-service';
import { confirmPrediction } from './confirm-prediction';
import { DescribeCsvInput, describeCsv } from './describe-csv';
import { ListRunsInput, listRuns } from './list-runs';
import { PredictRowsInput, predictRows } from './predict-rows';
import { RenderPromptsInput, renderPrompts } from './render-prompts';
import { workspaceFile } from './workspace-file';

/** The tools that a language model in the editor may use. Editors without language models are passed over. */
export function registerTools(context: vscode.ExtensionContext, store: RunStore, training: TrainingService): void {
  // Typed as always there, but editors made of older or other sources lack it.
  const { lm } = vscode as Partial<typeof vscode>;
  if (typeof lm?.registerTool !== 'function') return;

  const describe = tool(DescribeCsvInput, async ({ file, target }, signal) =>
    describeCsv(await inWorkspace(file), target, signal),
  );
  const render = tool(RenderPromptsInput, async ({ file, recipe, ...rest }, signal) =>
    renderPrompts(
      { ...rest, file: await inWorkspace(file), recipe: recipe === undefined ? undefined : await inWorkspace(recipe) },
      { ...process.env, ...configuration.modelEnvironment() },
      signal,
    ),
  );
  const list = tool(ListRunsInput, async ({ file }) =>
    listRuns(await store.refresh(), file === undefined ? undefined : await inWorkspace(file)),
  );
  const predict = tool(PredictRowsInput, async ({ run, rows }, signal) => {
    requireTrust();
    const summary = await runNamed(store, run);
    const engine = await EngineClient.start(await training.engineOptionsFor(summary.state.backend));
    try {
      return await predictRows(engine, summary, rows, { signal });
    } finally {
      await engine.close();
    }
  });
  context.subscriptions.push(
    lm.registerTool('lift_describe_csv', describe),
    lm.registerTool('lift_render_prompts', render),
    lm.registerTool('lift_list_runs', list),
    lm.registerTool('lift_predict_rows', {
      ...predict,
      prepareInvocation: ({ input }) => confirmPrediction(input, (run) => runNamed(store, run)),
    }),
  );
}

/** A tool whose input is checked, since a language model has written it, and whose answer and errors are text for one. */
function tool<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: (input: v.InferOutput<Schema>, signal: AbortSignal) => Promise<object>,
): vscode.LanguageModelTool<unknown> {
  return {
    invoke: async ({ input }, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      try {
        const result = await answer(v.parse(schema, input), controller.signal);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(result))]);
      } catch (error) {
        const { code, message, hint } = LiftError.from(error);
        if (code !== 'cancelled') log.warn(`A language model’s request failed: ${message}`);
        throw new Error(`${message} ${hint}`.trim(), { cause: error });
      }
    },
  };
}

function inWorkspace(file: string): Promise<string> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return workspaceFile(
    file,
    folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
  );
}

/** The run of this path or name; of runs of the same name the newest. */
async function runNamed(store: RunStore, named: string): Promise<RunSummary> {
  const runs = (await store.refresh()).filter(({ state }) => state.state === 'done');
  const found = runs.find(({ folder, state }) => folder.path === named || state.name === named);
  if (found) return found;
  throw new LiftError(
    'run-invalid',
    phrase`There is no finished run “${named}”.`,
    'See lift_list_runs for the runs there are.',
  );
}
