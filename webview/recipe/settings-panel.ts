import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RecipeChange } from '../../src/shared/recipe-view';
import { l10n } from '../common/l10n';
import type { ViewContext } from './view-context';

type Path = RecipeChange['path'];

/** Model, training and prediction, each setting with what it means. */
export function settingsPanel(context: ViewContext): TemplateResult {
  const { recipe } = context;
  const { training, examples, model } = recipe;
  return html`
    <section class="panel settings" aria-labelledby="settings-title">
      <h2 id="settings-title">${l10n.t('Model and training')}</h2>
      ${textSetting(context, l10n.t('Model'), ['model', 'id'], model.id, modelHelp(context))} ${modelTrouble(context)}
      ${numberSetting(context, l10n.t('Example rows'), ['examples', 'rows'], examples.rows, l10n.t('Training rows most like the row at hand, put before it with their answers. 0: plain LIFT.'), { min: 0, step: 1 })}
      ${choiceSetting(
        context,
        l10n.t('Method'),
        ['training', 'method'],
        training.method,
        [
          ['full', l10n.t('all weights')],
          ['lora', l10n.t('LoRA adapter')],
        ],
        l10n.t('All weights suit small models; an adapter suits large ones.'),
      )}
      ${numberSetting(context, l10n.t('Epochs'), ['training', 'epochs'], training.epochs, l10n.t('How often all training rows are seen. The best epoch by validation loss is kept.'), { min: 1, step: 1 })}
      ${numberSetting(context, l10n.t('Learning rate'), ['training', 'learningRate'], training.learningRate, l10n.t('The peak; it warms up to it and decays from it.'), { min: 0, step: 0.00001 })}
      <details>
        <summary>${l10n.t('More')}</summary>
        ${
          training.method === 'lora'
            ? numberSetting(
                context,
                l10n.t('LoRA rank'),
                ['training', 'lora', 'rank'],
                training.lora.rank,
                l10n.t('More is more expressive and slower.'),
                { min: 1, step: 1 },
              )
            : ''
        }
        ${numberSetting(context, l10n.t('Batch tokens'), ['training', 'batchTokens'], training.batchTokens, l10n.t('Tokens that one step reads.'), { min: 64, step: 64 })}
        ${numberSetting(context, l10n.t('Patience'), ['training', 'patience'], training.patience, l10n.t('Epochs without a better validation loss before training stops; 0: never stop early.'), { min: 0, step: 1 })}
        ${numberSetting(context, l10n.t('Most rows'), ['training', 'maxRows'], training.maxRows, l10n.t('Train on at most this many rows, drawn at random.'), { min: 1, step: 100 })}
        ${numberSetting(context, l10n.t('Made-up tasks first'), ['training', 'pretext', 'tasks'], training.pretext.tasks, l10n.t('Two-stage fine-tuning: tables of the same form are learnt first, which may help when rows are few. 2 as in the paper; 0: none. On this machine only.'), { min: 0, step: 1 })}
        ${numberSetting(context, l10n.t('Made rows beside'), ['training', 'augment', 'rows'], training.augment.rows, l10n.t('Rows that the model makes after the training rows are learnt beside them, which may help when rows are few. Validation and test rows stay real. 0: none. On this machine only.'), { min: 0, step: 50 })}
        ${numberSetting(context, l10n.t('Seed of the split'), ['split', 'seed'], recipe.split.seed, l10n.t('Another seed, another validation part.'), { min: 0, step: 1 })}
        ${choiceSetting(
          context,
          l10n.t('Prediction'),
          ['prediction', 'mode'],
          recipe.prediction.mode,
          [
            ['score', l10n.t('probabilities of all answers')],
            ['paper', l10n.t('generated text, as in the paper')],
          ],
          l10n.t('Probabilities are calibrated and never unreadable.'),
        )}
      </details>
    </section>
  `;
}

/** What may be named here, and what is known of the model that is. */
function modelHelp({ state: { model, estimate } }: ViewContext): TemplateResult {
  const millions = ((model?.parameters ?? 0) / 1e6).toLocaleString(undefined, { maximumFractionDigits: 1 });
  return html`
    ${l10n.t('“embedded” comes with LIFT; or a folder, or the name of a model of the Hugging Face hub.')}
    ${
      model
        ? html`<br />${l10n.t(
              '{0} million parameters, reads up to {1} tokens.',
              millions,
              model.contextLength.toLocaleString(),
            )}`
        : nothing
    }
    ${estimate}
  `;
}

/** Why the model is not at hand, and what to do. */
function modelTrouble({ state: { modelError, modelMissing }, ask }: ViewContext): TemplateResult | typeof nothing {
  if (modelError) return html`<p class="message error">${modelError.message} ${modelError.hint}</p>`;
  if (!modelMissing) return nothing;
  return html`
    <div class="message info missing-model">
      <p>${l10n.t('This model is not downloaded yet. The preview works without it; its tokens cannot be counted.')}</p>
      <vscode-button
        appearance="secondary"
        @click=${() => {
          ask('downloadModel', null);
        }}
        >${l10n.t('Download…')}</vscode-button
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
