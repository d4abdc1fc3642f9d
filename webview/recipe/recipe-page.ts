import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { columnsPanel } from './columns-panel';
import { previewPanel } from './preview-panel';
import { settingsPanel } from './settings-panel';
import { templatePanel } from './template-panel';
import type { ViewContext } from './view-context';

/** The prompt editor: columns, template and settings, preview. */
export function recipePage(context: ViewContext): TemplateResult {
  const { recipe, state, ask } = context;
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
        >Open Table</vscode-button
      >
      <vscode-button
        appearance="secondary"
        @click=${() => {
          ask('openAsText', null);
        }}
        >Open as Text</vscode-button
      >
      <vscode-button
        ?disabled=${!state.trusted || !state.table}
        @click=${() => {
          ask('fineTune', null);
        }}
        >Fine-Tune</vscode-button
      >
    </header>
    ${state.trusted ? nothing : restricted(context)} ${problemList(context)}
    ${state.tableError ? html`<p class="message error" role="alert">${state.tableError.message} ${state.tableError.hint}</p>` : nothing}
    <main class="panels">
      ${columnsPanel(context)} ${templatePanel(context)} ${settingsPanel(context)} ${previewPanel(context)}
    </main>
  `;
}

function restricted({ ask }: ViewContext): TemplateResult {
  return html`
    <section class="message warning with-action" aria-label="Restricted Mode">
      <p>
        This workspace is in Restricted Mode: the recipe can be edited and its prompts can be seen, but no model is run.
      </p>
      <vscode-button
        appearance="secondary"
        @click=${() => {
          ask('manageTrust', null);
        }}
        >Manage Workspace Trust</vscode-button
      >
    </section>
  `;
}

function problemList({ state: { problems } }: ViewContext): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`
    <div class="message warning" role="alert">
      ${problems.map(({ path, message, hint }) => html`<p><code>${path || 'The document'}</code> ${message} ${hint}</p>`)}
    </div>
  `;
}
