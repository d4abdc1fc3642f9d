import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RowFilter, RowScope } from '../../src/shared/predictions-view';
import { filterNames, scopeNames } from './format';
import { icon } from '../common/icons';
import { l10n } from '../common/l10n';
import type { ViewContext } from './view-context';

const filters: readonly RowFilter[] = ['all', 'wrong', 'unsure', 'fallback'];

/** Which rows: their part, a filter, a text. */
export function toolbar(context: ViewContext): TemplateResult {
  const { state, query, ask, exportRows } = context;
  return html`
    <div class="toolbar" role="group" aria-label=${l10n.t('Which rows')}>
      ${state.scopes.length > 1 ? scopePicker(context) : nothing} ${state.run ? filterButtons(context) : nothing}
      ${query.pair ? pairChip(context) : nothing}
      <span class="spacer"></span>
      <input
        class="search"
        type="search"
        placeholder=${l10n.t('Search')}
        aria-label=${l10n.t('Search in the rows')}
        .value=${query.search}
        @input=${(event: Event) => {
          ask({ search: (event.target as HTMLInputElement).value });
        }}
      />
      <vscode-button appearance="secondary" title=${l10n.t('Save the rows shown as CSV')} @click=${exportRows}
        >${l10n.t('Export…')}</vscode-button
      >
    </div>
  `;
}

function scopePicker({ state, query, ask }: ViewContext): TemplateResult {
  return html`
    <select
      aria-label=${l10n.t('Part of the table')}
      @change=${(event: Event) => {
        ask({ scope: (event.target as HTMLSelectElement).value as RowScope, pair: undefined });
      }}
    >
      ${state.scopes.map(
        ({ scope, rows }) =>
          html`<option value=${scope} ?selected=${scope === query.scope}>
            ${scopeNames[scope]} (${rows.toLocaleString()})
          </option>`,
      )}
    </select>
  `;
}

function filterButtons({ state, query, result, ask }: ViewContext): TemplateResult {
  const names = filterNames[state.run?.task ?? 'classification'];
  // A filter that never finds anything only takes room; it stays while it is chosen.
  const offered = filters.filter(
    (filter) => filter !== 'fallback' || (result?.counts.fallback ?? 0) > 0 || query.filter === filter,
  );
  return html`
    <div class="segmented" role="group" aria-label=${l10n.t('Filter')}>
      ${offered.map(
        (filter) => html`
          <button
            type="button"
            title=${names[filter][1]}
            aria-pressed=${query.filter === filter}
            @click=${() => {
              ask({ filter });
            }}
          >
            ${names[filter][0]} <span class="count">${result?.counts[filter].toLocaleString() ?? ''}</span>
          </button>
        `,
      )}
    </div>
  `;
}

function pairChip({ query, ask }: ViewContext): TemplateResult {
  const { truth, prediction } = query.pair!;
  return html`
    <button
      type="button"
      class="chip"
      title=${l10n.t('Show the other rows again')}
      aria-label=${l10n.t('{0} → {1}, remove', truth, prediction)}
      @click=${() => {
        ask({ pair: undefined });
      }}
    >
      <span class="text">${truth} → ${prediction}</span>${icon('close')}
    </button>
  `;
}
