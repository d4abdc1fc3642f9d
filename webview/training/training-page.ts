import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { TrainingRequests, TrainingSnapshot } from '../../src/shared/training-view';
import { l10n } from '../common/l10n';

export type Ask = (method: Exclude<keyof TrainingRequests, 'ready'>) => void;

export const stateLabels: Record<TrainingSnapshot['state'], string> = {
  created: l10n.t('Starting'),
  running: l10n.t('Running'),
  stopped: l10n.t('Stopped'),
  failed: l10n.t('Failed'),
  done: l10n.t('Done'),
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
              ? html`<span class="muted"
                  >${l10n.t('{0} tokens/s', Math.round(snapshot.tokensPerSecond).toLocaleString())}</span
                >`
              : nothing
          }
        </p>
        <div class="actions">${actions(snapshot, ask)}</div>
      </header>
      ${
        snapshot.state === 'running'
          ? html`<progress
              max="1"
              .value=${snapshot.fraction}
              aria-label=${l10n.t('Progress of this stage')}
            ></progress>`
          : nothing
      }
      ${
        snapshot.error
          ? html`<p class="message error" role="alert">${snapshot.error.message} ${snapshot.error.hint}</p>`
          : nothing
      }
      ${metrics(snapshot)} ${snapshot.readsOnly ? withoutTraining(snapshot) : nothing} ${curve(snapshot)}
      ${notices(snapshot)}
    </main>
  `;
}

function withoutTraining({ state }: TrainingSnapshot): TemplateResult {
  return html`<p class="muted">
    ${
      state === 'done'
        ? l10n.t('Nothing was trained: the model read rows of the training part in its prompt, and answered.')
        : l10n.t('Nothing is trained: the model reads rows of the training part in its prompt, and answers.')
    }
  </p>`;
}

function curve(snapshot: TrainingSnapshot): TemplateResult {
  return html`
    <section aria-labelledby="curve-title" ?hidden=${snapshot.readsOnly}>
      <h2 id="curve-title">${l10n.t('Loss')}</h2>
      <p class="muted">
        ${l10n.t('How surprised the model is by the right answers: lower is better. When the validation curve turns up while the training curve falls, the model learns its rows by heart; the best epoch is kept.')}
      </p>
      <div
        class="chart"
        ?hidden=${snapshot.steps.length + snapshot.epochs.length === 0}
        role="img"
        aria-label=${l10n.t('Training and validation loss over the epochs; the table has the numbers')}
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
    ${state === 'running' ? button(l10n.t('Stop'), 'stop') : nothing}
    ${canResume ? button(l10n.t('Resume'), 'resume', 'primary') : nothing}
    ${state === 'done' ? button(l10n.t('Show Predictions'), 'showPredictions', 'primary') : nothing}
    ${button(l10n.t('Show Log'), 'showLog')}
  `;
}

function metrics({ metrics: values }: TrainingSnapshot): TemplateResult | typeof nothing {
  if (values.length === 0) return nothing;
  return html`
    <section aria-labelledby="metrics-title">
      <h2 id="metrics-title">${l10n.t('On the test rows')}</h2>
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
      ${isBefore ? l10n.t('The first epoch is not over yet.') : l10n.t('It ended within the first epoch.')}
    </p>`;
  }
  return html`
    <table>
      <caption class="visually-hidden">
        ${l10n.t('Losses by epoch')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${l10n.t('Epoch')}</th>
          <th scope="col" class="number">${l10n.t('Training loss')}</th>
          <th scope="col" class="number">${l10n.t('Validation loss')}</th>
          <th scope="col"><span class="visually-hidden">${l10n.t('Kept')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`
            <tr>
              <th scope="row">${row.epoch}</th>
              <td class="number">${row.trainLoss.toFixed(4)}</td>
              <td class="number">${row.validationLoss?.toFixed(4) ?? '–'}</td>
              <td>${row.best ? l10n.t('best, kept') : ''}</td>
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
      <h2 id="notices-title">${l10n.t('Good to know')}</h2>
      ${said.map(({ level, message }) => html`<p class="message ${level}">${message}</p>`)}
    </section>
  `;
}
