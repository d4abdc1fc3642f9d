import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SegmentRole } from '../../../src/core/prompt/prompt-segment';
import { icon } from '../../common/icons';
import { l10n } from '../../common/l10n';
import type { ViewContext } from '../view-context';

const partNames = {
  train: l10n.t('a training row'),
  validation: l10n.t('a validation row'),
  test: l10n.t('a test row'),
  none: l10n.t('in no part: its target is missing'),
};

const roleNames: Record<SegmentRole, string> = {
  context: l10n.t('context'),
  'example-answer': l10n.t('answer of an example row'),
  question: l10n.t('question'),
  answer: l10n.t('answer'),
};

/** The very text that the model reads for one real row, the answer marked. */
export function previewPanel(context: ViewContext): TemplateResult {
  const { preview, row, state } = context;
  return html`
    <section class="panel preview" aria-labelledby="preview-title">
      <h2 id="preview-title">${l10n.t('Preview')}</h2>
      ${rowPicker(context)}
      ${state.reading && !state.table ? html`<p class="muted" role="status">${l10n.t('Reading the table…')}</p>` : nothing}
      ${state.reading && state.table ? html`<p class="muted" role="status">${l10n.t('These are the first rows: the table is still being read.')}</p>` : nothing}
      ${preview?.error ? html`<p class="message error" role="alert">${preview.error}</p>` : nothing}
      ${
        preview && preview.problems.length > 0
          ? html`<p class="message error" role="alert">
              ${
                preview.problems.length === 1
                  ? l10n.t('The template has a problem; the preview comes back when it is mended.')
                  : l10n.t(
                      'The template has {0} problems; the preview comes back when they are mended.',
                      preview.problems.length,
                    )
              }
            </p>`
          : nothing
      }
      ${
        preview?.rendered && row
          ? html`
              <pre
                class="prompt"
                tabindex="0"
                aria-label=${l10n.t('The text the model reads')}
              ><code>${preview.rendered.segments.map(
                ({ role, text }) => html`<span class="segment ${role}" title=${roleNames[role]}>${text}</span>`,
              )}</code></pre>
              ${tokenLine(context)}
              ${preview.rendered.completion === '' ? html`<p class="message info">${l10n.t('This row has no answer: it can be predicted, not learnt from.')}</p>` : nothing}
            `
          : nothing
      }
      ${
        state.table && state.table.notices.length > 0
          ? html`
              <details>
                <summary>${noticeCount(state.table.notices.length)}</summary>
                ${state.table.notices.map((notice) => html`<p class="message warning">${notice}</p>`)}
              </details>
            `
          : nothing
      }
    </section>
  `;
}

function noticeCount(count: number): string {
  return count === 1 ? l10n.t('1 thing to know about the table') : l10n.t('{0} things to know about the table', count);
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
      <vscode-button
        appearance="icon"
        title=${l10n.t('Previous row')}
        aria-label=${l10n.t('Previous row')}
        @click=${go(at - 1)}
        >${icon('left')}</vscode-button
      >
      <label for="row-number">${l10n.t('Row')}</label>
      <input id="row-number" type="number" min="1" max=${table.rows} .value=${String(at + 1)} @change=${onChange} />
      <span class="muted">${l10n.t('of {0}', table.rows.toLocaleString())}</span>
      <vscode-button appearance="icon" title=${l10n.t('Next row')} aria-label=${l10n.t('Next row')} @click=${go(at + 1)}
        >${icon('right')}</vscode-button
      >
      <vscode-button
        appearance="secondary"
        @click=${() => {
          showRow(Math.floor(Math.random() * table.rows));
        }}
        >${l10n.t('Random')}</vscode-button
      >
      ${row ? html`<span class="muted">${l10n.t('line {0}', row.lineNumber)}, ${partNames[row.part]}</span>` : nothing}
    </div>
  `;
}

function tokenLine({ tokens, areTokensOld, state: { model } }: ViewContext): TemplateResult {
  if (!tokens) return html`<p class="muted">&nbsp;</p>`;
  const total = tokens.prompt + tokens.completion;
  const tooLong = model !== undefined && total > model.contextLength;
  return html`
    <p class=${tooLong ? 'message warning' : 'muted'} aria-busy=${areTokensOld} role=${tooLong ? 'alert' : nothing}>
      ${l10n.t(
        'The model reads {0} tokens and learns to write the marked {1}.',
        tokens.prompt.toLocaleString(),
        tokens.completion.toLocaleString(),
      )}
      ${
        tooLong
          ? l10n.t(
              'That is more than the {0} that it can read: the farthest example rows will be left out.',
              model.contextLength.toLocaleString(),
            )
          : ''
      }
    </p>
  `;
}
