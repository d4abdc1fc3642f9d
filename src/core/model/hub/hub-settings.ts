import { homedir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the hub is and where its files are kept: as Hugging Face's own tools read the environment. */
export interface HubSettings {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly cacheFolder: string;
  readonly token: string | undefined;
  readonly offline: boolean;
}

/**
 * HF_ENDPOINT, HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME, HF_TOKEN and HF_HUB_OFFLINE, each replaced by what is given.
 * https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 */
export function readHubSettings(
  given: { readonly cacheFolder?: string; readonly token?: string; readonly offline?: boolean },
  environment: Environment,
): HubSettings {
  const filled = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  const home = filled('HF_HOME') ?? join(filled('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'huggingface');
  const offline = filled('HF_HUB_OFFLINE')?.toLowerCase() ?? '';
  return {
    endpoint: (filled('HF_ENDPOINT') ?? 'https://huggingface.co').replace(/\/+$/, ''),
    cacheFolder: given.cacheFolder ?? filled('HF_HUB_CACHE') ?? filled('HUGGINGFACE_HUB_CACHE') ?? join(home, 'hub'),
    token: given.token ?? filled('HF_TOKEN') ?? filled('HUGGING_FACE_HUB_TOKEN'),
    offline: given.offline ?? ['1', 'true', 'yes', 'on'].includes(offline),
  };
}
