import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { NumberFormat } from '../../../src/core/prompt/numbers/number-format';
import { l10n } from '../../common/l10n';

export interface FormatChoice {
  readonly format: NumberFormat;
  readonly label: string;
}

/** How the answers of a regression may be written. */
export const answerFormats: readonly FormatChoice[] = [
  { format: 'as-is', label: l10n.t('as in the table') },
  { format: 'scaled', label: l10n.t('rank, 000–999') },
  { format: 'scaled-linear', label: l10n.t('range, 000–999') },
  { format: { fixed: 0 }, label: l10n.t('no decimals') },
  { format: { fixed: 2 }, label: l10n.t('{0} decimals', 2) },
  { format: { fixed: 4 }, label: l10n.t('{0} decimals', 4) },
  { format: { significant: 3 }, label: l10n.t('{0} digits', 3) },
];

/** How columns may be written: one digit is too few for answers. */
export const featureFormats: readonly FormatChoice[] = [
  ...answerFormats,
  { format: 'digit', label: l10n.t('one digit, 0–9') },
];

const explanation = l10n.t(
  'rank: the value’s place when the training rows are sorted by it; range: its place between their smallest and largest value',
);

/** How numbers are written; a format that the document has and this list has not stays as it is. */
export function formatField(
  name: string,
  choices: readonly FormatChoice[],
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
      <span aria-hidden="true">${l10n.t('Numbers')}</span>
      <select aria-label=${name} @change=${onChange}>
        ${keys.includes(key) ? '' : html`<option value=${key} selected>${key}</option>`}
        ${choices.map(
          ({ label }, index) => html`<option value=${keys[index]!} ?selected=${keys[index] === key}>${label}</option>`,
        )}
      </select>
    </label>
  `;
}
