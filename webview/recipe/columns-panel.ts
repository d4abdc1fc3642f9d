import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { columnRow } from './column-row';
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
            context.set(['task'], (event.target as HTMLSelectElement).value);
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

function counts({ state: { table, reading } }: ViewContext): string {
  if (!table) return '';
  if (reading) return `about ${table.totalRows.toLocaleString()} rows`;
  const { train, validation, test } = table.parts;
  const n = (count: number): string => count.toLocaleString();
  return `${n(table.totalRows)} rows: ${n(train)} to train, ${n(validation)} to validate, ${n(test)} to test`;
}
