import { loadTokenizer } from '../../core/model/tokenizer/load-tokenizer';
import type { Environment } from '../../core/model/hub/hub-settings';
import { isDownloadNeeded, resolveModel } from '../../core/model/resolve-model';
import type { OpenModel } from '../../core/run/train/open-model';

/**
 * The model of one recipe, opened again only when the recipe names another. Only headers and the tokenizer are read, and
 * only what is on this computer: looking at a recipe downloads nothing.
 */
export class ModelCache {
  private id = '';
  private model: Promise<OpenModel | undefined> | undefined;

  /**
   * @param environment where models are kept, read anew for each model
   * @param baseFolder what relative folders are relative to
   */
  constructor(
    private readonly environment: () => Environment,
    private readonly baseFolder: string,
  ) {}

  /** Undefined when the model would have to be downloaded. Throws as `resolveModel` does; a failure is not remembered. */
  async open(id: string): Promise<OpenModel | undefined> {
    if (id !== this.id || this.model === undefined) {
      this.id = id;
      this.model = openLocally(id, this.environment(), this.baseFolder);
      this.model.catch(() => {
        this.forget();
      });
    }
    const model = await this.model;
    // It may be there the next time.
    if (!model) this.forget();
    return model;
  }

  private forget(): void {
    this.model = undefined;
  }
}

async function openLocally(id: string, environment: Environment, baseFolder: string): Promise<OpenModel | undefined> {
  if (await isDownloadNeeded(id, { environment, baseFolder })) return undefined;
  const folder = await resolveModel(id, { offline: true, environment, baseFolder });
  return { folder, tokenizer: await loadTokenizer(folder) };
}
