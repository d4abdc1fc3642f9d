import type * as vscode from 'vscode';
import type { BackendChoice } from '../../core/run/backend-choice';

/** The keys of remote back ends, in the key store of the system, one for each address; an engine gets its own by environment. */
export class RemoteKeys {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async key(choice: BackendChoice): Promise<string | undefined> {
    const place = placeOf(choice);
    return place && this.secrets.get(place.name);
  }

  async remember(choice: BackendChoice, key: string): Promise<void> {
    const place = placeOf(choice);
    if (place) await this.secrets.store(place.name, key);
  }

  /** The environment of an engine that works with this back end. */
  async environmentFor(choice: BackendChoice | undefined): Promise<Record<string, string>> {
    const place = choice && placeOf(choice);
    const key = place && (await this.secrets.get(place.name));
    return key === undefined ? {} : { [place!.variable]: key };
  }
}

/** Under which name a key is kept, and the environment variable by which an engine gets it. */
function placeOf(choice: BackendChoice): { name: string; variable: string } | undefined {
  switch (choice.kind) {
    case 'local':
      return undefined;
    case 'ray':
      return { name: `lift.remote.ray.token ${new URL(choice.address).origin}`, variable: 'LIFT_RAY_TOKEN' };
    case 'openai':
      return { name: `lift.remote.openai.key ${new URL(choice.address).origin}`, variable: 'LIFT_OPENAI_KEY' };
    case 'hf-jobs':
      return { name: 'lift.remote.huggingFace.token', variable: 'HF_TOKEN' };
  }
}
