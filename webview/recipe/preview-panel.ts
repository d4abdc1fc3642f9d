import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SegmentRole } from '../../src/core/prompt/prompt-segment';
import { icon } from '../common/icons';
import type { ViewContext } from './view-context';

const partNames = {
  train: 'a training row',
  validation: 'a validation row',
  test: 'a test row',
  none: 'in no part: its target is missing',
};

const roleNames: Record<SegmentRole, string> = {
  context: 'context',
  'example-answer': 'answer of an example row',
  question: 'question',
  answer: 'answer',
};

/** The very text that the model reads for one real row, the answer marked. */
export function previewPanel(context: ViewContext): TemplateResult {
  const { preview, row, state } = context;
  return html`
    <section class="panel preview" aria-labelledby="preview-title">
      <h2 id="preview-title">Preview</h2>
      ${rowPicker(context)}
      ${state.reading && !state.table ? html`<p class="muted" role="status">Reading the table…</p>` : nothing}
      ${state.reading && state.table ? html`<p class="muted" role="status">These are the first rows: the table is still being read.</p>` : nothing}
      ${preview?.error ? html`<p class="message error" role="alert">${preview.error}</p>` : nothing}
      ${
        preview && preview.problems.length > 0
          ? html`<p class="message error" role="alert">
              The template has ${preview.problems.length === 1 ? 'a problem' : `${preview.problems.length} problems`};
              the preview comes back when it is mended.
            </p>`
          : nothing
      }
      ${
        preview?.rendered && row
          ? html`
              <pre class="prompt" tabindex="0" aria-label="The text the model reads">
${preview.rendered.segments.map(
                  ({ role, text }) => html`<span class="segment ${role}" title=${roleNames[role]}>${text}</span>`,
                )}</pre>
              ${tokenLine(context)}
              ${preview.rendered.completion === '' ? html`<p class="message info">This row has no answer: it can be predicted, not learnt from.</p>` : nothing}
            `
          : nothing
      }
      ${
        state.table && state.table.notices.length > 0
          ? html`
              <details>
                <summary>${state.table.notices.length} things to know about the table</summary>
                ${state.table.notices.map((notice) => html`<p class="message warning">${notice}</p>`)}
              </details>
            `
          : nothing
      }
    </section>
  `;
}

function rowPicker({ state: { table }, row, showRow }: ViewContext): TemplateResult {
  if (!table) return html``;
  const at = row?.row ?? 0;
  const go = (to: number) => (): void => {
    showRow((to + table.rows) % table.rows);
  };
  const onChange = (event: Event): void => {
    const { valueAsNumber } = event.target as HTMLInputElement;
    if (Number.isFinite(valueAsNumber)) showRow(Math.min(Math.max(1, valueAsNumber), table.rows) - 1);
  };
  return html`
    <div class="row-picker">
      <vscode-button appearance="icon" title="Previous row" aria-label="Previous row" @click=${go(at - 1)}
        >${icon('left')}</vscode-button
      >
      <label for="row-number">Row</label>
      <input id="row-number" type="number" min="1" max=${table.rows} .value=${String(at + 1)} @change=${onChange} />
      <span class="muted">of ${table.rows.toLocaleString()}</span>
      <vscode-button appearance="icon" title="Next row" aria-label="Next row" @click=${go(at + 1)}
        >${icon('right')}</vscode-button
      >
      <vscode-button
        appearance="secondary"
        @click=${() => {
          showRow(Math.floor(Math.random() * table.rows));
        }}
        >Random</vscode-button
      >
      ${row ? html`<span class="muted">line ${row.lineNumber}, ${partNames[row.part]}</span>` : nothing}
    </div>
  `;
}

function tokenLine({ tokens, areTokensOld, state: { model } }: ViewContext): TemplateResult {
  if (!tokens) return html`<p class="muted">&nbsp;</p>`;
  const total = tokens.prompt + tokens.completion;
  const tooLong = model !== undefined && total > model.contextLength;
  return html`
    <p class=${tooLong ? 'message warning' : 'muted'} aria-busy=${areTokensOld} role=${tooLong ? 'alert' : nothing}>
      The model reads ${tokens.prompt.toLocaleString()} tokens and learns to write the marked
      ${tokens.completion.toLocaleString()}.
      ${tooLong ? `That is more than the ${model.contextLength.toLocaleString()} that it can read: the farthest example rows will be left out.` : ''}
    </p>
  `;
}
