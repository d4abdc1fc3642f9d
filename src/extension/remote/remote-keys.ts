import type * as vscode from 'vscode';
import type { BackendChoice } from '../../core/run/backend-choice';

/** The keys of remote back ends, in the key store of the system, one for each address; an engine gets its own by environment. */
export class RemoteKeys {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  ray(address: string): Thenable<string | undefined> {
    return this.secrets.get(rayKey(address));
  }

  rememberRay(address: string, token: string): Thenable<void> {
    return this.secrets.store(rayKey(address), token);
  }

  forgetRay(address: string): Thenable<void> {
    return this.secrets.delete(rayKey(address));
  }

  /** The environment of an engine that works with this back end. */
  async environmentFor(choice: BackendChoice | undefined): Promise<Record<string, string>> {
    if (choice?.kind !== 'ray') return {};
    const token = await this.ray(choice.address);
    return token === undefined ? {} : { LIFT_RAY_TOKEN: token };
  }
}

function rayKey(address: string): string {
  return `lift.remote.ray.token ${new URL(address).origin}`;
}
