import { html } from 'lit';
import type { TemplateResult } from 'lit';
import {
  builtinTemplateNames,
  builtinTemplates,
  isBuiltinTemplateName,
} from '../../../src/core/prompt/template/builtin-templates';
import type { TemplatePart } from '../../../src/core/prompt/template/template-problem';
import type { Recipe } from '../../../src/core/recipe/recipe';
import { l10n } from '../../common/l10n';
import './template-field';
import type { ViewContext } from '../view-context';

const parts: readonly (readonly [part: TemplatePart, label: string])[] = [
  ['question', l10n.t('Question')],
  ['completion', l10n.t('Answer')],
  ['example', l10n.t('Example row')],
  ['preamble', l10n.t('Before everything')],
];

/** The template: one to start from, and its texts. */
export function templatePanel(context: ViewContext): TemplateResult {
  const { recipe } = context;
  return html`
    <section class="panel template" aria-labelledby="template-title">
      <h2 id="template-title">${l10n.t('Prompt template')}</h2>
      <div class="starters" role="group" aria-label=${l10n.t('Start from a built-in template')}>
        ${builtinTemplateNames.map(
          (name) => html`
            <vscode-button
              appearance="secondary"
              title=${l10n.said(builtinTemplates[name].description)}
              aria-pressed=${recipe.template.name === name}
              class=${recipe.template.name === name ? 'chosen' : ''}
              @click=${() => {
                context.ask('useTemplate', { name });
              }}
              >${name}</vscode-button
            >
          `,
        )}
      </div>
      <p class="muted hint">${about(recipe.template)}</p>
      ${field(context, ...parts[0]!)} ${field(context, ...parts[1]!)}
      <details>
        <summary>${l10n.t('Example rows, preamble, end marks')}</summary>
        ${field(context, ...parts[2]!)} ${field(context, ...parts[3]!)}
        ${endMark(context, 'questionEnd', l10n.t('End of the question'))}
        ${endMark(context, 'answerEnd', l10n.t('End of the answer'))}
      </details>
      <p class="muted hint">
        ${l10n.parts(
          '{0} is a column’s value; {1} goes over the included columns, with {2} and {3} inside. Ctrl+Space completes.',
          ...['{{column}}', '{{#features ", "}}…{{/features}}', '{{name}}', '{{value}}'].map(
            (tag) => html`<code>${tag}</code>`,
          ),
        )}
      </p>
    </section>
  `;
}

/** What the built-in template is for, as long as nobody has changed it. */
function about({ name, question, completion, example }: Recipe['template']): string {
  if (!isBuiltinTemplateName(name)) return '';
  const { texts, description } = builtinTemplates[name];
  const isSame = question === texts.question && completion === texts.completion && example === texts.example;
  return isSame ? `${name}: ${l10n.said(description)}` : l10n.t('changed from “{0}”', name);
}

function field({ recipe, preview, state, set }: ViewContext, part: TemplatePart, label: string): TemplateResult {
  const onChange = ({ detail }: CustomEvent<string>): void => {
    set(['template', part], detail);
  };
  return html`
    <lift-template-field
      .label=${label}
      .value=${recipe.template[part]}
      .problems=${preview?.problems.filter((problem) => problem.part === part) ?? []}
      .columns=${state.table?.columns.map(({ name }) => name) ?? []}
      @template-change=${onChange}
    ></lift-template-field>
  `;
}

function endMark({ recipe, set }: ViewContext, name: 'questionEnd' | 'answerEnd', label: string): TemplateResult {
  const onInput = (event: Event): void => {
    set(['template', name], (event.target as HTMLInputElement).value);
  };
  return html`
    <div class="setting">
      <label for=${name}>${label}</label>
      <input id=${name} type="text" .value=${recipe.template[name]} @input=${onInput} />
    </div>
  `;
}
