import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PromptDetail, RowDetail, RunFacts, Verdict } from '../../src/shared/predictions-view';
import { icon } from '../common/icons';
import { certainty } from './certainty';
import { partNames, shortNumber } from './format';
import { verdictIcon, verdictWord } from './verdict';
import type { ViewContext } from './view-context';

/** Why a row was predicted as it was: how sure the model is, what it read, which training rows it saw, and the row itself. */
export function inspector(context: ViewContext): TemplateResult | typeof nothing {
  const { detail, isDetailOld, selected, closeRow, rows } = context;
  if (selected < 0) return nothing;
  const row = detail?.row ?? rows.row(selected);
  const title = row ? `Row ${(row.row + 1).toLocaleString()}` : 'Row';
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
          >${row ? [`line ${row.line}`, row.part && partNames[row.part]].filter(Boolean).join(', ') : ''}</span
        >
        <span class="spacer"></span>
        <vscode-button appearance="icon" aria-label="Close" title="Close" @click=${closeRow}
          >${icon('close')}</vscode-button
        >
      </header>
      ${detail ? content(context, detail) : html`<p class="muted">Reading the row…</p>`}
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
              >Show in ${state.table.name}</vscode-button
            >`
      }
      <vscode-button
        appearance="secondary"
        @click=${() => {
          copyRow(row.row);
        }}
        >Copy Row</vscode-button
      >
    </div>
    ${state.run ? certainty(detail, state.run.promised) : nothing}
    ${
      promptError
        ? html`<p class="message warning">
            The prompt cannot be written again. ${promptError.message} ${promptError.hint}
          </p>`
        : nothing
    }
    ${prompt ? promptSection(context, prompt) : nothing} ${prompt ? exampleSection(context, prompt) : nothing}
    ${cellsSection(cells)}
  `;
}

function verdictLine({ state }: ViewContext, { row: { prediction, truth } }: RowDetail): TemplateResult {
  const { run } = state;
  if (!run) return html``;
  if (!prediction) {
    return html`<p class="muted">
      Not predicted: the model has learnt from this row, or it is not among those that were predicted.
    </p>`;
  }
  const isNumber = run.task === 'regression';
  const shown = isNumber ? shortNumber(Number(prediction.text)) : prediction.text || 'unreadable';
  return html`
    <p class="outcome">
      ${verdictIcon(prediction.verdict, run.task)}<strong>${shown}</strong>
      ${truth === undefined ? html`<span class="muted">the truth is not known</span>` : html`<span>${outcomeText(prediction.verdict, run.task, truth)}</span>`}
    </p>
    ${prediction.fallback === '' ? nothing : html`<p class="message warning">Fallback: ${prediction.fallback}.</p>`}
  `;
}

function outcomeText(verdict: Verdict, task: RunFacts['task'], truth: string): string {
  const word = verdictWord(verdict, task);
  if (task === 'classification' && verdict === 'right') return word;
  return [word, `the truth is ${truth}`].filter(Boolean).join(', ');
}

function promptSection({ state }: ViewContext, { segments, answer, droppedExamples }: PromptDetail): TemplateResult {
  return html`
    <section>
      <h3>What the model read</h3>
      <pre class="prompt" tabindex="0" aria-label="The prompt, with the answer at its end">
${segments.map(({ role, text }) => html`<span class="segment ${role}">${text}</span>`)}${
          answer === '' ? nothing : html`<span class="segment answer" title="The predicted answer">${answer}</span>`
        }</pre>
      ${
        state.run?.task === 'regression' && answer !== ''
          ? html`<p class="muted">The marked answer is the prediction as the model would write it.</p>`
          : nothing
      }
      ${
        droppedExamples
          ? html`<p class="muted">
              ${droppedExamples} example ${droppedExamples === 1 ? 'row was' : 'rows were'} left out: the prompt was too
              long.
            </p>`
          : nothing
      }
    </section>
  `;
}

function exampleSection({ showLine, state }: ViewContext, { examples, select }: PromptDetail): TemplateResult {
  if (examples.length === 0) return html``;
  const title = select === 'nearest' ? 'Nearest training rows' : 'Training rows in the prompt';
  return html`
    <section>
      <h3>${title}</h3>
      <ol class="examples">
        ${examples.map(
          ({ line, answer, cells }) => html`
            <li>
              <strong>${answer}</strong>
              <button
                type="button"
                class="link"
                title="Show in ${state.table.name}"
                @click=${() => {
                  showLine(line);
                }}
              >
                line ${line}
              </button>
              <span class="muted">${cells.map(([name, text]) => `${name} ${text || '–'}`).join(', ')}</span>
            </li>
          `,
        )}
      </ol>
    </section>
  `;
}

function cellsSection(cells: RowDetail['cells']): TemplateResult {
  if (cells.length === 0) return html``;
  return html`
    <section>
      <h3>The row</h3>
      <dl class="cells">
        ${cells.map(
          ([name, text]) =>
            html`<dt title=${name}>${name}</dt>
              <dd>${text === '' ? html`<span class="muted">missing</span>` : text}</dd>`,
        )}
      </dl>
    </section>
  `;
}
