import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { l10n } from '../common/l10n';
import { columnsPanel } from './columns/columns-panel';
import { previewPanel } from './preview/preview-panel';
import { settingsPanel } from './settings-panel';
import { templatePanel } from './template/template-panel';
import type { ViewContext } from './view-context';

/** The prompt editor: columns, template and settings, preview. Typing in the template draws its panel and the preview alone. */
export function recipePage(context: ViewContext): TemplateResult {
  const { recipe, state, ask, openColumns } = context;
  const { features, target, task, model, examples, training, split, prediction } = recipe;
  return html`
    <header>
      <h1>${recipe.name}</h1>
      <span class="muted">${recipe.dataset.split(/[/\\]/u).at(-1)} → ${recipe.target.name}</span>
      <span class="spacer"></span>
      <vscode-button
        appearance="secondary"
        @click=${() => {
          ask('openTable', null);
        }}
        >${l10n.t('Open Table')}</vscode-button
      >
      <vscode-button
        appearance="secondary"
        @click=${() => {
          ask('openAsText', null);
        }}
        >${l10n.t('Open as Text')}</vscode-button
      >
      <vscode-button
        ?disabled=${!state.trusted || !state.table}
        @click=${() => {
          ask('fineTune', null);
        }}
        >${l10n.t('Fine-Tune')}</vscode-button
      >
    </header>
    ${state.trusted ? nothing : restricted(context)} ${problemList(context)}
    ${state.tableError ? html`<p class="message error" role="alert">${state.tableError.message} ${state.tableError.hint}</p>` : nothing}
    <main class="panels">
      ${guard([features, target, task, state, openColumns], () => columnsPanel(context))} ${templatePanel(context)}
      ${guard([model, examples, training, split, prediction, state], () => settingsPanel(context))}
      ${previewPanel(context)}
    </main>
  `;
}

function restricted({ ask }: ViewContext): TemplateResult {
  return html`
    <section class="message warning with-action" aria-label=${l10n.t('Restricted Mode')}>
      <p>
        ${l10n.t('This workspace is in Restricted Mode: the recipe can be edited and its prompts can be seen, but no model is run.')}
      </p>
      <vscode-button
        appearance="secondary"
        @click=${() => {
          ask('manageTrust', null);
        }}
        >${l10n.t('Manage Workspace Trust')}</vscode-button
      >
    </section>
  `;
}

function problemList({ state: { problems } }: ViewContext): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`
    <div class="message warning" role="alert">
      ${problems.map(({ path, message, hint }) => html`<p><code>${path || l10n.t('The document')}</code> ${message} ${hint}</p>`)}
    </div>
  `;
}
