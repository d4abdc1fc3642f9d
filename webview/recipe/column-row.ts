import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PromptFeature } from '../../src/core/prompt/prompt-spec';
import type { Column } from '../../src/core/table/table';
import { icon } from '../common/icons';
import { formatField } from './format-field';
import type { ViewContext } from './view-context';

type Role = 'target' | 'feature' | 'ignored';

/** One column: its name, how it is spoken of, its role; unfolded, the fields to change that. */
export function columnRow(context: ViewContext, column: Column): TemplateResult {
  const { recipe, openColumns, toggleColumn } = context;
  const index = recipe.features.findIndex((feature) => feature.column === column.name);
  const feature = recipe.features[index];
  const isTarget = recipe.target.column === column.name;
  const role: Role = isTarget ? 'target' : feature?.include ? 'feature' : 'ignored';
  const isOpen = role !== 'ignored' && openColumns.has(column.name);
  const fields = isTarget ? targetFields(context) : feature && featureFields(context, column, feature, index);
  return html`
    <div class="column" role="listitem" data-role=${role}>
      <div class="column-head">
        <button
          type="button"
          class="column-toggle"
          title="${column.type}: ${column.reason}"
          aria-expanded=${isOpen}
          ?disabled=${role === 'ignored'}
          @click=${() => {
            toggleColumn(column.name);
          }}
        >
          ${icon(isOpen ? 'down' : 'right')}<span class="column-name">${column.name}</span>
          <span class="muted">${about(column, isTarget ? recipe.target : feature, role)}</span>
        </button>
        ${rolePicker(context, column, role)}
      </div>
      ${isOpen ? html`<div class="column-fields">${fields}</div>` : nothing}
    </div>
  `;
}

function about(
  { type, missing, name }: Column,
  spoken: { readonly name: string; readonly unit?: string } | undefined,
  role: Role,
): string {
  const said = role !== 'ignored' && spoken !== undefined && spoken.name !== name ? `“${spoken.name}”` : '';
  const unit = role === 'feature' ? (spoken?.unit ?? '') : '';
  return [type, missing > 0 ? `${missing} missing` : '', said, unit].filter(Boolean).join(', ');
}

function rolePicker(context: ViewContext, column: Column, role: Role): TemplateResult {
  const isTarget = role === 'target';
  return html`
    <select
      aria-label="Role of ${column.name}"
      .value=${role}
      @change=${(event: Event) => {
        setRole(context, column, (event.target as HTMLSelectElement).value);
      }}
    >
      <option value="target" ?selected=${isTarget}>target</option>
      <option value="feature" ?selected=${role === 'feature'} ?disabled=${isTarget}>feature</option>
      <option value="ignored" ?selected=${role === 'ignored'} ?disabled=${isTarget}>ignored</option>
    </select>
  `;
}

function setRole({ recipe, set, ask }: ViewContext, column: Column, role: string): void {
  if (role === 'target') {
    ask('chooseTarget', { column: column.name });
    return;
  }
  const index = recipe.features.findIndex((feature) => feature.column === column.name);
  if (index >= 0) set(['features', index, 'include'], role === 'feature');
  else set(['features'], [...recipe.features, { column: column.name, include: role === 'feature' }]);
}

function featureFields({ set }: ViewContext, column: Column, feature: PromptFeature, index: number): TemplateResult {
  const change = (name: keyof PromptFeature) => (value: unknown) => {
    set(['features', index, name], value);
  };
  return html`
    ${textField('Spoken name', `Spoken name of ${column.name}`, feature.name, change('name'))}
    ${textField('Unit', `Unit of ${column.name}`, feature.unit, change('unit'))}
    ${
      column.numeric === undefined
        ? nothing
        : formatField(`Number format of ${column.name}`, feature.format, change('format'))
    }
  `;
}

function targetFields({ recipe: { task, target }, set }: ViewContext): TemplateResult {
  return html`
    ${textField('Spoken name', 'Spoken name of the target', target.name, (name) => {
      set(['target', 'name'], name);
    })}
    ${
      task === 'regression'
        ? formatField('Number format of the target', target.format, (format) => {
            set(['target', 'format'], format);
          })
        : nothing
    }
  `;
}

function textField(label: string, name: string, value: string, change: (value: string) => void): TemplateResult {
  return html`
    <label class="field">
      <span aria-hidden="true">${label}</span>
      <input
        type="text"
        aria-label=${name}
        .value=${value}
        @input=${(event: Event) => {
          change((event.target as HTMLInputElement).value);
        }}
      />
    </label>
  `;
}
