import * as v from 'valibot';
import * as vscode from 'vscode';
import { askingChoice } from '../remote/resume-request';
import type { RunSummary } from '../runs/run-summary';
import { PredictRowsInput } from './predict-rows';

/**
 * Predicting loads a model and computes, or asks a service that costs money: the user decides, and is told which.
 * @param input as the language model has written it
 * @param find the run of a name; rejects when there is none
 */
export async function confirmPrediction(
  input: unknown,
  find: (run: string) => Promise<RunSummary>,
): Promise<vscode.PreparedToolInvocation> {
  const parsed = v.safeParse(PredictRowsInput, input);
  const rows = parsed.success ? parsed.output.rows.length.toLocaleString() : '?';
  const run = parsed.success ? parsed.output.run : '?';
  const found = await find(run).catch(() => undefined);
  const elsewhere = found && askingChoice(found.state);
  const address = elsewhere?.kind === 'openai' ? elsewhere.address : undefined;
  return {
    invocationMessage: vscode.l10n.t('Predicting {0} rows with “{1}”', rows, run),
    confirmationMessages: {
      title: vscode.l10n.t('Predict rows with LIFT'),
      message:
        address === undefined
          ? vscode.l10n.t('Predict {0} rows with the run “{1}” on this machine?', rows, run)
          : vscode.l10n.t(
              'Send {0} rows to {2}, where the model of the run “{1}” is? It charges for each.',
              rows,
              run,
              address,
            ),
    },
  };
}
