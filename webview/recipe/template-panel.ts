import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { builtinTemplateNames, builtinTemplates, isBuiltinTemplateName } from '../../src/core/prompt/builtin-templates';
import type { TemplatePart } from '../../src/core/prompt/template-problem';
import type { Recipe } from '../../src/core/recipe/recipe';
import './template-field';
import type { ViewContext } from './view-context';

const parts: readonly (readonly [part: TemplatePart, label: string])[] = [
  ['question', 'Question'],
  ['completion', 'Answer'],
  ['example', 'Example row'],
  ['preamble', 'Before everything'],
];

/** The template: one to start from, and its texts. */
export function templatePanel(context: ViewContext): TemplateResult {
  const { recipe } = context;
  return html`
    <section class="panel template" aria-labelledby="template-title">
      <h2 id="template-title">Prompt template</h2>
      <div class="starters" role="group" aria-label="Start from a built-in template">
        ${builtinTemplateNames.map(
          (name) => html`
            <vscode-button
              appearance="secondary"
              title=${builtinTemplates[name].description}
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
        <summary>Example rows, preamble, end marks</summary>
        ${field(context, ...parts[2]!)} ${field(context, ...parts[3]!)}
        ${endMark(context, 'questionEnd', 'End of the question')} ${endMark(context, 'answerEnd', 'End of the answer')}
      </details>
      <p class="muted hint">
        <code>{{column}}</code> is a column’s value; <code>{{#features ", "}}…{{/features}}</code> goes over the
        included columns, with <code>{{name}}</code> and <code>{{value}}</code> inside. Ctrl+Space completes.
      </p>
    </section>
  `;
}

/** What the built-in template is for, as long as nobody has changed it. */
function about({ name, question, completion, example }: Recipe['template']): string {
  if (!isBuiltinTemplateName(name)) return '';
  const { description, texts } = builtinTemplates[name];
  const isSame = question === texts.question && completion === texts.completion && example === texts.example;
  return isSame ? `${name}: ${description}` : `changed from “${name}”`;
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
