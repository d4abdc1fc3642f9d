import manifest from '../../package.json';

export enum ConfigurationTarget {
  Global = 1,
  Workspace = 2,
}

const properties: Readonly<Record<string, { readonly default?: unknown }>> =
  manifest.contributes.configuration.properties;
const defaults = new Map(Object.entries(properties).map(([name, { default: value }]) => [name, value]));

/** What the user has set; everything else has the default of the manifest. */
export const userSettings = new Map<string, unknown>();

function getConfiguration(section: string): object {
  const full = (name: string): string => `${section}.${name}`;
  const get = (name: string, otherwise?: unknown): unknown =>
    userSettings.get(full(name)) ?? defaults.get(full(name)) ?? otherwise;
  const update = (name: string, value: unknown, target: ConfigurationTarget): Promise<void> => {
    if (!defaults.has(full(name)) || target !== ConfigurationTarget.Global) throw new Error(`No setting ${full(name)}`);
    userSettings.set(full(name), value);
    return Promise.resolve();
  };
  const inspect = (name: string): object => ({ globalValue: userSettings.get(full(name)) });
  return { get, update, inspect };
}

export const workspace = { getConfiguration };
