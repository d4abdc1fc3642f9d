import type { SecretStorage } from 'vscode';

/** The key store of a system, in memory. */
export class Secrets implements SecretStorage {
  readonly all = new Map<string, string>();

  get(name: string): Promise<string | undefined> {
    return Promise.resolve(this.all.get(name));
  }

  store(name: string, value: string): Promise<void> {
    this.all.set(name, value);
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.all.delete(name);
    return Promise.resolve();
  }

  readonly onDidChange = (): { dispose: () => void } => ({ dispose: () => undefined });
}
