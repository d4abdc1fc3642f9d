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
    ${state.trusted ? nothing : html`<p class="message warning">Fine-tuning needs a trusted workspace; the preview works without.</p>`}
    ${problemList(context)}
    <main class="panels">
      ${columnsPanel(context)} ${templatePanel(context)} ${settingsPanel(context)} ${previewPanel(context)}
    </main>
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
