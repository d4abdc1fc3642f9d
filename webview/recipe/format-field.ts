import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { NumberFormat } from '../../src/core/prompt/number-format';

interface Choice {
  readonly format: NumberFormat;
  readonly label: string;
}

const choices: readonly Choice[] = [
  { format: 'as-is', label: 'as in the table' },
  { format: 'scaled', label: 'rank, 000–999' },
  { format: 'scaled-linear', label: 'range, 000–999' },
  { format: { fixed: 0 }, label: 'no decimals' },
  { format: { fixed: 2 }, label: '2 decimals' },
  { format: { fixed: 4 }, label: '4 decimals' },
  { format: { significant: 3 }, label: '3 digits' },
];

const explanation =
  'rank: the value’s place when the training rows are sorted by it; range: its place between their smallest and largest value';

/** How numbers are written; a format that the document has and this list has not stays as it is. */
export function formatField(
  name: string,
  format: NumberFormat,
  change: (format: NumberFormat) => void,
): TemplateResult {
  const key = JSON.stringify(format);
  const keys = choices.map((choice) => JSON.stringify(choice.format));
  const onChange = (event: Event): void => {
    const choice = choices[keys.indexOf((event.target as HTMLSelectElement).value)];
    if (choice) change(choice.format);
  };
  return html`
    <label class="field" title=${explanation}>
      <span aria-hidden="true">Numbers</span>
      <select aria-label=${name} @change=${onChange}>
        ${keys.includes(key) ? '' : html`<option value=${key} selected>${key}</option>`}
        ${choices.map(
          ({ label }, index) => html`<option value=${keys[index]!} ?selected=${keys[index] === key}>${label}</option>`,
        )}
      </select>
    </label>
  `;
}
