import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PromptDetail, RowDetail, RunFacts, Verdict } from '../../../src/shared/predictions-view';
import { icon } from '../../common/icons';
import { certainty } from './certainty';
import { l10n } from '../../common/l10n';
import { partNames, shortNumber } from '../format';
import { thumbnail } from '../thumbnail';
import { verdictIcon, verdictWord } from '../verdict';
import type { ViewContext } from '../view-context';

/** Why a row was predicted as it was: how sure the model is, what it read, which training rows it saw, and the row itself. */
export function inspector(context: ViewContext): TemplateResult | typeof nothing {
  const { detail, isDetailOld, selected, closeRow, rows } = context;
  if (selected < 0) return nothing;
  const row = detail?.row ?? rows.row(selected);
  const title = row ? l10n.t('Row {0}', (row.row + 1).toLocaleString()) : l10n.t('Row');
  return html`
    <aside
      class="inspector ${isDetailOld ? 'old' : ''}"
      aria-label=${title}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') closeRow();
      }}
    >
      <header>
        <h2 tabindex="-1">${title}</h2>
        <span class="muted"
          >${row ? [l10n.t('line {0}', row.line), row.part && partNames[row.part]].filter(Boolean).join(', ') : ''}</span
        >
        <span class="spacer"></span>
        <vscode-button appearance="icon" aria-label=${l10n.t('Close')} title=${l10n.t('Close')} @click=${closeRow}
          >${icon('close')}</vscode-button
        >
      </header>
      ${detail ? content(context, detail) : html`<p class="muted">${l10n.t('Reading the row…')}</p>`}
    </aside>
  `;
}

function content(context: ViewContext, detail: RowDetail): TemplateResult {
  const { row, prompt, promptError, cells } = detail;
  const { state, showLine, copyRow } = context;
  return html`
    ${verdictLine(context, detail)}
    <div class="actions">
      ${
        cells.length === 0
          ? nothing
          : html`<vscode-button
              appearance="secondary"
              @click=${() => {
                showLine(row.line);
              }}
              >${l10n.t('Show in {0}', state.table.name)}</vscode-button
            >`
      }
      <vscode-button
        appearance="secondary"
        @click=${() => {
          copyRow(row.row);
        }}
        >${l10n.t('Copy Row')}</vscode-button
      >
    </div>
    ${state.run ? certainty(detail, state.run.promised) : nothing}
    ${
      promptError
        ? html`<p class="message warning">
            ${l10n.t('The prompt cannot be written again.')} ${promptError.message} ${promptError.hint}
          </p>`
        : nothing
    }
    ${prompt ? promptSection(context, prompt) : nothing} ${prompt ? exampleSection(context, prompt) : nothing}
    ${cellsSection(context, detail)}
  `;
}

function verdictLine({ state }: ViewContext, { row: { prediction, truth } }: RowDetail): TemplateResult {
  const { run } = state;
  if (!run) return html``;
  if (!prediction) {
    return html`<p class="muted">
      ${l10n.t('Not predicted: the model has learnt from this row, or it is not among those that were predicted.')}
    </p>`;
  }
  const isNumber = run.task === 'regression';
  const shown = isNumber ? shortNumber(Number(prediction.text)) : prediction.text || l10n.t('unreadable');
  return html`
    <p class="outcome">
      ${verdictIcon(prediction.verdict, run.task)}<strong>${shown}</strong>
      ${truth === undefined ? html`<span class="muted">${l10n.t('the truth is not known')}</span>` : html`<span>${outcomeText(prediction.verdict, run.task, truth)}</span>`}
    </p>
    ${prediction.fallback === '' ? nothing : html`<p class="message warning">${l10n.t('Fallback: {0}.', prediction.fallback)}</p>`}
  `;
}

function outcomeText(verdict: Verdict, task: RunFacts['task'], truth: string): string {
  const word = verdictWord(verdict, task);
  if (task === 'classification' && verdict === 'right') return word;
  return [word, l10n.t('the truth is {0}', truth)].filter(Boolean).join(', ');
}

function promptSection({ state }: ViewContext, { segments, answer, droppedExamples }: PromptDetail): TemplateResult {
  return html`
    <section>
      <h3>${l10n.t('What the model read')}</h3>
      <pre class="prompt" tabindex="0" aria-label=${l10n.t('The prompt, with the answer at its end')}>
${segments.map(({ role, text }) => html`<span class="segment ${role}">${text}</span>`)}${
          answer === ''
            ? nothing
            : html`<span class="segment answer" title=${l10n.t('The predicted answer')}>${answer}</span>`
        }</pre>
      ${
        state.run?.task === 'regression' && answer !== ''
          ? html`<p class="muted">${l10n.t('The marked answer is the prediction as the model would write it.')}</p>`
          : nothing
      }
      ${
        droppedExamples
          ? html`<p class="muted">
              ${
                droppedExamples === 1
                  ? l10n.t('1 example row was left out: the prompt was too long.')
                  : l10n.t('{0} example rows were left out: the prompt was too long.', droppedExamples)
              }
            </p>`
          : nothing
      }
    </section>
  `;
}

function exampleSection({ showLine, state }: ViewContext, { examples, select }: PromptDetail): TemplateResult {
  if (examples.length === 0) return html``;
  const title = select === 'nearest' ? l10n.t('Nearest training rows') : l10n.t('Training rows in the prompt');
  return html`
    <section>
      <h3>${title}</h3>
      <ol class="examples">
        ${examples.map(
          ({ line, answer, cells, image }) => html`
            <li>
              ${imageOf(state, image)}
              <strong>${answer}</strong>
              <button
                type="button"
                class="link"
                title=${l10n.t('Show in {0}', state.table.name)}
                @click=${() => {
                  showLine(line);
                }}
              >
                ${l10n.t('line {0}', line)}
              </button>
              ${
                image === undefined
                  ? html`<span class="muted">${cells.map(([name, text]) => `${name} ${text || '–'}`).join(', ')}</span>`
                  : nothing
              }
            </li>
          `,
        )}
      </ol>
    </section>
  `;
}

function imageOf({ table }: ViewContext['state'], image: string | undefined, label?: string): unknown {
  return table.image && image !== undefined ? thumbnail(image, table.image, label) : nothing;
}

/** Of an image its pixels are many, and seen: their numbers are there for who asks. */
function cellsSection({ state }: ViewContext, { row, cells }: RowDetail): TemplateResult {
  if (cells.length === 0) return html``;
  const list = html`<dl class="cells">
    ${cells.map(
      ([name, text]) =>
        html`<dt title=${name}>${name}</dt>
          <dd>${text === '' ? html`<span class="muted">${l10n.t('missing')}</span>` : text}</dd>`,
    )}
  </dl>`;
  const image = imageOf(state, row.image, l10n.t('The image that the row is'));
  return html`
    <section>
      <h3>${l10n.t('The row')}</h3>
      ${
        image === nothing
          ? list
          : html`<div class="image">${image}</div>
              <details>
                <summary>${l10n.t('All columns')}</summary>
                ${list}
              </details>`
      }
    </section>
  `;
}
