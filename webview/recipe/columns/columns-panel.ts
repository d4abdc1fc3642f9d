import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { l10n } from '../../common/l10n';
import { columnRow } from './column-row';
import type { ViewContext } from '../view-context';

/** The columns with their roles: what is asked for, what the prompt tells, what it leaves out. */
export function columnsPanel(context: ViewContext): TemplateResult {
  const { recipe, state } = context;
  const columns = state.table?.columns ?? [];
  return html`
    <section class="panel columns" aria-labelledby="columns-title">
      <h2 id="columns-title">${l10n.t('Columns')}</h2>
      <p class="muted">${counts(context)}</p>
      <div class="task">
        <label for="task">${l10n.t('Task')}</label>
        <select
          id="task"
          .value=${recipe.task}
          @change=${(event: Event) => {
            context.set(['task'], (event.target as HTMLSelectElement).value);
          }}
        >
          <option value="classification">${l10n.t('classification: which class?')}</option>
          <option value="regression">${l10n.t('regression: which number?')}</option>
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

function counts({ state: { table, reading } }: ViewContext): string {
  if (!table) return '';
  if (reading) return l10n.t('about {0} rows', table.totalRows.toLocaleString());
  const { train, validation, test } = table.parts;
  const counts = [table.totalRows, train, validation, test].map((count) => count.toLocaleString());
  return l10n.t('{0} rows: {1} to train, {2} to validate, {3} to test', ...counts);
}
