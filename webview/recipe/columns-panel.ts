import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { NumberFormat } from '../../src/core/prompt/number-format';
import type { PromptFeature } from '../../src/core/prompt/prompt-spec';
import type { Column } from '../../src/core/table/table';
import type { ViewContext } from './view-context';

/** The columns with their roles: what is asked for, what the prompt tells, what it leaves out. */
export function columnsPanel(context: ViewContext): TemplateResult {
  const { recipe, state } = context;
  const columns = state.table?.columns ?? [];
  return html`
    <section class="panel columns" aria-labelledby="columns-title">
      <h2 id="columns-title">Columns</h2>
      <p class="muted">${counts(context)}</p>
      <div class="task">
        <label for="task">Task</label>
        <select
          id="task"
          .value=${recipe.task}
          @change=${(event: Event) => {
            context.set(['task'], valueOf(event));
          }}
        >
          <option value="classification">classification: which class?</option>
          <option value="regression">regression: which number?</option>
        </select>
      </div>
      <div class="column-list" role="list">
        ${repeat(
          columns,
          ({ name }) => name,
          (column) => columnRow(context, column),
        )}
      </div>
    </section>
  `;
}

function counts({ state: { table } }: ViewContext): string {
  if (!table) return '';
  const { train, validation, test } = table.parts;
  const n = (count: number): string => count.toLocaleString();
  return `${n(table.totalRows)} rows: ${n(train)} to train, ${n(validation)} to validate, ${n(test)} to test`;
}

function columnRow(context: ViewContext, column: Column): TemplateResult {
  const { recipe } = context;
  const index = recipe.features.findIndex((feature) => feature.column === column.name);
  const feature = recipe.features[index];
  const isTarget = recipe.target.column === column.name;
  const role = isTarget ? 'target' : feature?.include ? 'feature' : 'ignored';
  const about = `${column.type}: ${column.reason}`;
  return html`
    <div class="column" role="listitem" data-role=${role}>
      <div class="column-head">
        <span class="column-name" title=${about}>${column.name}</span>
        <span class="muted" title=${about}
          >${column.type}${column.missing > 0 ? `, ${column.missing} missing` : ''}</span
        >
        <select
          aria-label="Role of ${column.name}"
          .value=${role}
          @change=${(event: Event) => {
            setRole(context, column, valueOf(event));
          }}
        >
          <option value="target" ?selected=${role === 'target'}>target</option>
          <option value="feature" ?selected=${role === 'feature'} ?disabled=${isTarget}>feature</option>
          <option value="ignored" ?selected=${role === 'ignored'} ?disabled=${isTarget}>ignored</option>
        </select>
      </div>
      ${isTarget ? targetFields(context) : feature?.include ? featureFields(context, column, feature, index) : ''}
    </div>
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
  const field = (name: 'name' | 'unit', label: string): TemplateResult => html`
    <input
      type="text"
      aria-label="${label} of ${column.name}"
      placeholder=${label}
      .value=${feature[name]}
      @input=${(event: Event) => {
        set(['features', index, name], valueOf(event));
      }}
    />
  `;
  const isNumber = column.numeric !== undefined;
  return html`
    <div class="column-fields">
      ${field('name', 'spoken name')} ${field('unit', 'unit')}
      ${
        isNumber
          ? formatSelect(`Number format of ${column.name}`, feature.format, (format) => {
              set(['features', index, 'format'], format);
            })
          : ''
      }
    </div>
  `;
}

function targetFields({ recipe, set }: ViewContext): TemplateResult {
  return html`
    <div class="column-fields">
      <input
        type="text"
        aria-label="Spoken name of the target"
        placeholder="spoken name"
        .value=${recipe.target.name}
        @input=${(event: Event) => {
          set(['target', 'name'], valueOf(event));
        }}
      />
      ${
        recipe.task === 'regression'
          ? formatSelect('Number format of the target', recipe.target.format, (format) => {
              set(['target', 'format'], format);
            })
          : ''
      }
    </div>
  `;
}

const formats: readonly (readonly [value: string, label: string, format: NumberFormat])[] = [
  ['as-is', 'as is', 'as-is'],
  ['scaled', 'quantile 000–999', 'scaled'],
  ['scaled-linear', 'range 000–999', 'scaled-linear'],
  ['fixed-0', 'no decimals', { fixed: 0 }],
  ['fixed-2', '2 decimals', { fixed: 2 }],
  ['fixed-4', '4 decimals', { fixed: 4 }],
  ['significant-3', '3 significant digits', { significant: 3 }],
];

function formatSelect(label: string, format: NumberFormat, choose: (format: NumberFormat) => void): TemplateResult {
  const key = JSON.stringify(format);
  const known = formats.some(([, , choice]) => JSON.stringify(choice) === key);
  const onChange = (event: Event): void => {
    const choice = formats.find(([value]) => value === valueOf(event));
    if (choice) choose(choice[2]);
  };
  return html`
    <select aria-label=${label} @change=${onChange}>
      ${known ? '' : html`<option selected>${key}</option>`}
      ${formats.map(([value, text, choice]) => html`<option value=${value} ?selected=${JSON.stringify(choice) === key}>${text}</option>`)}
    </select>
  `;
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}
