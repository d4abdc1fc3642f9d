import type { OpenModel } from '../../core/run/open-model';
import { openModel } from '../../core/run/open-model';

/** The model of one recipe, opened again only when the recipe names another. Only headers and the tokenizer are read. */
export class ModelCache {
  private id = '';
  private model: Promise<OpenModel> | undefined;

  /** Throws as `openModel` does; a failure is not remembered, the user may have mended it. */
  async open(id: string): Promise<OpenModel> {
    if (id !== this.id || this.model === undefined) {
      this.id = id;
      this.model = openModel(id, { emit: () => undefined });
      this.model.catch(() => {
        this.model = undefined;
      });
    }
    return this.model;
  }
}
