import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { TemplateProblem } from '../../../src/core/prompt/template/template-problem';
import { l10n } from '../../common/l10n';
import { complete, completionAt } from './completion';
import type { Completion } from './completion';
import { highlighted } from './template-highlight';

/**
 * A text field for a template: a real text area, over the same text with its tags marked, with completion of column names.
 * Fires `template-change` with the new text.
 */
export class TemplateField extends LitElement {
  static override readonly properties = {
    label: {},
    value: {},
    problems: { attribute: false },
    columns: { attribute: false },
    completion: { state: true },
    chosen: { state: true },
  };

  declare label: string;
  declare value: string;
  declare problems: readonly TemplateProblem[];
  declare columns: readonly string[];
  declare completion: Completion | undefined;
  declare chosen: number;

  constructor() {
    super();
    this.label = '';
    this.value = '';
    this.problems = [];
    this.columns = [];
    this.chosen = 0;
  }

  /** In the page itself, so that its style sheet holds. */
  override createRenderRoot(): this {
    return this;
  }

  override render(): TemplateResult {
    const id = this.label.toLowerCase().replace(/\W+/gu, '-');
    const open = this.completion !== undefined;
    return html`
      <label for=${id}>${this.label}</label>
      <div class="template-box">
        <pre aria-hidden="true">${highlighted(this.value, this.problems)}</pre>
        <textarea
          id=${id}
          spellcheck="false"
          aria-haspopup="listbox"
          aria-autocomplete="list"
          aria-controls="${id}-choices"
          aria-activedescendant=${open ? `${id}-choice-${this.chosen}` : nothing}
          aria-invalid=${this.problems.length > 0}
          aria-describedby="${id}-problems"
          @input=${() => {
            this.onInput();
          }}
          @keydown=${(event: KeyboardEvent) => {
            this.onKey(event);
          }}
          @blur=${() => {
            this.close();
          }}
        ></textarea>
        <ul id="${id}-choices" class="choices" role="listbox" aria-label=${l10n.t('Completions')} ?hidden=${!open}>
          ${this.completion?.choices.map(
            ({ label, detail }, index) => html`
              <li
                id="${id}-choice-${index}"
                role="option"
                aria-selected=${index === this.chosen}
                @mousedown=${(event: Event) => {
                  this.pick(event, index);
                }}
              >
                <span>${label}</span><span class="muted">${detail}</span>
              </li>
            `,
          )}
        </ul>
      </div>
      <div id="${id}-problems" class="problems">
        ${this.problems.map(
          ({ message, hint, line, column }) =>
            html`<p class="problem">
              ${l10n.t('Line {0}, column {1}:', line, column)} ${l10n.said(message)}
              <span class="muted">${l10n.said(hint)}</span>
            </p>`,
        )}
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    // Setting the same text again would move the cursor.
    const { area } = this;
    if (changed.has('value') && area.value !== this.value) area.value = this.value;
  }

  private get area(): HTMLTextAreaElement {
    return this.querySelector('textarea')!;
  }

  private onInput(): void {
    this.change(this.area.value);
    this.completion = completionAt(this.area.value, this.area.selectionStart, this.columns);
    this.chosen = 0;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey && event.key === ' ') {
      this.completion = completionAt(this.area.value, this.area.selectionStart, this.columns);
      event.preventDefault();
      return;
    }
    if (!this.completion) return;
    const count = this.completion.choices.length;
    if (event.key === 'ArrowDown') this.chosen = (this.chosen + 1) % count;
    else if (event.key === 'ArrowUp') this.chosen = (this.chosen + count - 1) % count;
    else if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' || event.key === 'Tab') this.pick(event, this.chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private pick(event: Event, index: number): void {
    event.preventDefault();
    const choice = this.completion?.choices[index];
    if (!this.completion || !choice) return;
    const { text, cursor } = complete(this.area.value, this.area.selectionStart, this.completion, choice);
    this.area.value = text;
    this.area.setSelectionRange(cursor, cursor);
    this.close();
    this.change(text);
  }

  private change(text: string): void {
    this.value = text;
    this.dispatchEvent(new CustomEvent('template-change', { detail: text }));
  }

  private close(): void {
    this.completion = undefined;
  }
}

customElements.define('lift-template-field', TemplateField);
