import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PromptFeature } from '../../../src/core/prompt/prompt-spec';
import type { Column, ColumnType } from '../../../src/core/table/table';
import { icon } from '../../common/icons';
import { l10n } from '../../common/l10n';
import { answerFormats, featureFormats, formatField } from './format-field';
import type { ViewContext } from '../view-context';

type Role = 'target' | 'feature' | 'ignored';

const typeNames: Record<ColumnType, string> = {
  number: l10n.t('number'),
  integer: l10n.t('integer'),
  category: l10n.t('category'),
  boolean: l10n.t('yes or no'),
  date: l10n.t('date'),
  text: l10n.t('text'),
  identifier: l10n.t('identifier'),
};

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
          title="${typeNames[column.type]}: ${l10n.said(column.reason)}"
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
  const said = role !== 'ignored' && spoken !== undefined && spoken.name !== name ? l10n.t('“{0}”', spoken.name) : '';
  const unit = role === 'feature' ? (spoken?.unit ?? '') : '';
  const lacking = missing > 0 ? l10n.t('{0} missing', missing) : '';
  return [typeNames[type], lacking, said, unit].filter(Boolean).join(', ');
}

function rolePicker(context: ViewContext, column: Column, role: Role): TemplateResult {
  const isTarget = role === 'target';
  return html`
    <select
      aria-label=${l10n.t('Role of {0}', column.name)}
      .value=${role}
      @change=${(event: Event) => {
        setRole(context, column, (event.target as HTMLSelectElement).value);
      }}
    >
      <option value="target" ?selected=${isTarget}>${l10n.t('target')}</option>
      <option value="feature" ?selected=${role === 'feature'} ?disabled=${isTarget}>${l10n.t('feature')}</option>
      <option value="ignored" ?selected=${role === 'ignored'} ?disabled=${isTarget}>${l10n.t('ignored')}</option>
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
    ${textField(l10n.t('Spoken name'), l10n.t('Spoken name of {0}', column.name), feature.name, change('name'))}
    ${textField(l10n.t('Unit'), l10n.t('Unit of {0}', column.name), feature.unit, change('unit'))}
    ${
      column.numeric === undefined
        ? nothing
        : formatField(l10n.t('Number format of {0}', column.name), featureFormats, feature.format, change('format'))
    }
  `;
}

function targetFields({ recipe: { task, target }, set }: ViewContext): TemplateResult {
  return html`
    ${textField(l10n.t('Spoken name'), l10n.t('Spoken name of the target'), target.name, (name) => {
      set(['target', 'name'], name);
    })}
    ${
      task === 'regression'
        ? formatField(l10n.t('Number format of the target'), answerFormats, target.format, (format) => {
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
