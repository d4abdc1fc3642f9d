import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RecipeChange } from '../../src/shared/recipe-view';
import type { ViewContext } from './view-context';

type Path = RecipeChange['path'];

/** Model, training and prediction, each setting with what it means. */
export function settingsPanel(context: ViewContext): TemplateResult {
  const { recipe } = context;
  const { training, examples, model } = recipe;
  return html`
    <section class="panel settings" aria-labelledby="settings-title">
      <h2 id="settings-title">Model and training</h2>
      ${textSetting(context, 'Model', ['model', 'id'], model.id, modelHelp(context))} ${modelTrouble(context)}
      ${numberSetting(context, 'Example rows', ['examples', 'rows'], examples.rows, 'Training rows most like the row at hand, put before it with their answers. 0: plain LIFT.', { min: 0, step: 1 })}
      ${choiceSetting(
        context,
        'Method',
        ['training', 'method'],
        training.method,
        [
          ['full', 'all weights'],
          ['lora', 'LoRA adapter'],
        ],
        'All weights suit small models; an adapter suits large ones.',
      )}
      ${numberSetting(context, 'Epochs', ['training', 'epochs'], training.epochs, 'How often all training rows are seen. The best epoch by validation loss is kept.', { min: 1, step: 1 })}
      ${numberSetting(context, 'Learning rate', ['training', 'learningRate'], training.learningRate, 'The peak; it warms up to it and decays from it.', { min: 0, step: 0.00001 })}
      <details>
        <summary>More</summary>
        ${
          training.method === 'lora'
            ? numberSetting(
                context,
                'LoRA rank',
                ['training', 'lora', 'rank'],
                training.lora.rank,
                'More is more expressive and slower.',
                { min: 1, step: 1 },
              )
            : ''
        }
        ${numberSetting(context, 'Batch tokens', ['training', 'batchTokens'], training.batchTokens, 'Tokens that one step reads.', { min: 64, step: 64 })}
        ${numberSetting(context, 'Patience', ['training', 'patience'], training.patience, 'Epochs without a better validation loss before training stops; 0: never stop early.', { min: 0, step: 1 })}
        ${numberSetting(context, 'Most rows', ['training', 'maxRows'], training.maxRows, 'Train on at most this many rows, drawn at random.', { min: 1, step: 100 })}
        ${numberSetting(context, 'Seed of the split', ['split', 'seed'], recipe.split.seed, 'Another seed, another validation part.', { min: 0, step: 1 })}
        ${choiceSetting(
          context,
          'Prediction',
          ['prediction', 'mode'],
          recipe.prediction.mode,
          [
            ['score', 'probabilities of all answers'],
            ['paper', 'generated text, as in the paper'],
          ],
          'Probabilities are calibrated and never unreadable.',
        )}
      </details>
    </section>
  `;
}

/** What may be named here, and what is known of the model that is. */
function modelHelp({ state: { model, estimate } }: ViewContext): TemplateResult {
  const millions = ((model?.parameters ?? 0) / 1e6).toLocaleString(undefined, { maximumFractionDigits: 1 });
  return html`
    “embedded” comes with LIFT; or a folder, or the name of a model of the Hugging Face hub.
    ${model ? html`<br />${millions} million parameters, reads up to ${model.contextLength.toLocaleString()} tokens.` : nothing}
    ${estimate}
  `;
}

/** Why the model is not at hand, and what to do. */
function modelTrouble({ state: { modelError, modelMissing }, ask }: ViewContext): TemplateResult | typeof nothing {
  if (modelError) return html`<p class="message error">${modelError.message} ${modelError.hint}</p>`;
  if (!modelMissing) return nothing;
  return html`
    <div class="message info missing-model">
      <p>This model is not downloaded yet. The preview works without it; its tokens cannot be counted.</p>
      <vscode-button
        appearance="secondary"
        @click=${() => {
          ask('downloadModel', null);
        }}
        >Download…</vscode-button
      >
    </div>
  `;
}

let lastId = 0;
const ids = new Map<string, string>();

function idOf(path: Path): string {
  const key = path.join('.');
  const id = ids.get(key) ?? `setting-${++lastId}`;
  ids.set(key, id);
  return id;
}

type Help = string | TemplateResult;

function setting(label: string, path: Path, help: Help, input: (id: string) => TemplateResult): TemplateResult {
  const id = idOf(path);
  return html`
    <div class="setting">
      <label for=${id}>${label}</label>
      ${input(id)}
      <span id="${id}-help" class="muted">${help}</span>
    </div>
  `;
}

function textSetting({ set }: ViewContext, label: string, path: Path, value: string, help: Help): TemplateResult {
  return setting(
    label,
    path,
    help,
    (id) => html`
      <input
        id=${id}
        type="text"
        aria-describedby="${id}-help"
        .value=${value}
        @change=${(event: Event) => {
          set(path, (event.target as HTMLInputElement).value.trim());
        }}
      />
    `,
  );
}

function numberSetting(
  { set }: ViewContext,
  label: string,
  path: Path,
  value: number,
  help: string,
  limits: { min: number; step: number },
): TemplateResult {
  const onChange = (event: Event): void => {
    const { valueAsNumber } = event.target as HTMLInputElement;
    if (Number.isFinite(valueAsNumber)) set(path, valueAsNumber);
  };
  return setting(
    label,
    path,
    help,
    (id) => html`
      <input
        id=${id}
        type="number"
        aria-describedby="${id}-help"
        min=${limits.min}
        step=${limits.step}
        .value=${String(value)}
        @change=${onChange}
      />
    `,
  );
}

function choiceSetting(
  { set }: ViewContext,
  label: string,
  path: Path,
  value: string,
  choices: readonly (readonly [string, string])[],
  help: string,
): TemplateResult {
  const onChange = (event: Event): void => {
    set(path, (event.target as HTMLSelectElement).value);
  };
  return setting(
    label,
    path,
    help,
    (id) => html`
      <select id=${id} aria-describedby="${id}-help" @change=${onChange}>
        ${choices.map(([choice, text]) => html`<option value=${choice} ?selected=${choice === value}>${text}</option>`)}
      </select>
    `,
  );
}
