import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { TrainingRequests, TrainingSnapshot } from '../../src/shared/training-view';

export type Ask = (method: Exclude<keyof TrainingRequests, 'ready'>) => void;

const stateLabels: Record<TrainingSnapshot['state'], string> = {
  created: 'Starting',
  running: 'Running',
  stopped: 'Stopped',
  failed: 'Failed',
  done: 'Done',
};

/** The panel: how the run stands, what can be done, the curve, the epochs, what the engine has to say. */
export function trainingPage(snapshot: TrainingSnapshot, ask: Ask): TemplateResult {
  return html`
    <main>
      <header>
        <h1>${snapshot.name}</h1>
        <p class="state" data-state=${snapshot.state}>
          ${snapshot.doing || stateLabels[snapshot.state]}
          ${
            snapshot.state === 'running' && snapshot.tokensPerSecond
              ? html`<span class="muted">${Math.round(snapshot.tokensPerSecond).toLocaleString()} tokens/s</span>`
              : nothing
          }
        </p>
        <div class="actions">${actions(snapshot, ask)}</div>
      </header>
      ${
        snapshot.state === 'running'
          ? html`<progress max="1" .value=${snapshot.fraction} aria-label="Progress of this stage"></progress>`
          : nothing
      }
      ${
        snapshot.error
          ? html`<p class="message error" role="alert">${snapshot.error.message} ${snapshot.error.hint}</p>`
          : nothing
      }
      ${metrics(snapshot)} ${wasTrained(snapshot) ? nothing : withoutTraining()} ${curve(snapshot)} ${notices(snapshot)}
    </main>
  `;
}

/** A run of rows in the prompt alone ends without an epoch. */
function wasTrained({ state, epochs: rows }: TrainingSnapshot): boolean {
  return state !== 'done' || rows.length > 0;
}

function withoutTraining(): TemplateResult {
  return html`<p class="muted">
    Nothing was trained: the model read rows of the training part in its prompt, and answered.
  </p>`;
}

function curve(snapshot: TrainingSnapshot): TemplateResult {
  return html`
    <section aria-labelledby="curve-title" ?hidden=${!wasTrained(snapshot)}>
      <h2 id="curve-title">Loss</h2>
      <p class="muted">
        How surprised the model is by the right answers: lower is better. When the validation curve turns up while the
        training curve falls, the model learns its rows by heart; the best epoch is kept.
      </p>
      <div
        class="chart"
        ?hidden=${snapshot.steps.length + snapshot.epochs.length === 0}
        role="img"
        aria-label="Training and validation loss over the epochs; the table has the numbers"
      ></div>
      ${epochs(snapshot)}
    </section>
  `;
}

function actions({ state }: TrainingSnapshot, ask: Ask): TemplateResult {
  const button = (label: string, method: Parameters<Ask>[0], appearance = 'secondary'): TemplateResult =>
    html`<vscode-button
      appearance=${appearance}
      @click=${() => {
        ask(method);
      }}
      >${label}</vscode-button
    >`;
  const canResume = state === 'stopped' || state === 'failed';
  return html`
    ${state === 'running' ? button('Stop', 'stop') : nothing}
    ${canResume ? button('Resume', 'resume', 'primary') : nothing}
    ${state === 'done' ? button('Show Predictions', 'showPredictions', 'primary') : nothing}
    ${button('Show Log', 'showLog')}
  `;
}

function metrics({ metrics: values }: TrainingSnapshot): TemplateResult | typeof nothing {
  if (values.length === 0) return nothing;
  return html`
    <section aria-labelledby="metrics-title">
      <h2 id="metrics-title">On the test rows</h2>
      <dl class="metrics">
        ${values.map(
          ({ label, value, explanation }) =>
            html`<div title=${explanation}>
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </section>
  `;
}

function epochs({ epochs: rows, state }: TrainingSnapshot): TemplateResult {
  if (rows.length === 0) {
    const isBefore = state === 'created' || state === 'running';
    return html`<p class="muted">
      ${isBefore ? 'The first epoch is not over yet.' : 'It ended within the first epoch.'}
    </p>`;
  }
  return html`
    <table>
      <caption class="visually-hidden">
        Losses by epoch
      </caption>
      <thead>
        <tr>
          <th scope="col">Epoch</th>
          <th scope="col" class="number">Training loss</th>
          <th scope="col" class="number">Validation loss</th>
          <th scope="col"><span class="visually-hidden">Kept</span></th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`
            <tr>
              <th scope="row">${row.epoch}</th>
              <td class="number">${row.trainLoss.toFixed(4)}</td>
              <td class="number">${row.validationLoss?.toFixed(4) ?? '–'}</td>
              <td>${row.best ? 'best, kept' : ''}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

function notices({ notices: said }: TrainingSnapshot): TemplateResult | typeof nothing {
  if (said.length === 0) return nothing;
  return html`
    <section aria-labelledby="notices-title">
      <h2 id="notices-title">Good to know</h2>
      ${said.map(({ level, message }) => html`<p class="message ${level}">${message}</p>`)}
    </section>
  `;
}
