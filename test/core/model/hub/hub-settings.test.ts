import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHubSettings } from '../../../../src/core/model/hub/hub-settings';

describe('readHubSettings', () => {
  it('reads the environment as the tools of Hugging Face do', () => {
    expect(readHubSettings({}, {})).toEqual({
      endpoint: 'https://huggingface.co',
      cacheFolder: join(homedir(), '.cache', 'huggingface', 'hub'),
      token: undefined,
      offline: false,
    });
    const settings = { HF_ENDPOINT: 'https://mirror.example/', HF_TOKEN: ' hf_a ', HF_HUB_OFFLINE: 'ON' };
    expect(readHubSettings({}, { ...settings, HF_HOME: '/hf' })).toEqual({
      endpoint: 'https://mirror.example',
      cacheFolder: join('/hf', 'hub'),
      token: 'hf_a',
      offline: true,
    });
    expect(readHubSettings({}, { HF_HUB_CACHE: '/c', HF_HOME: '/hf' }).cacheFolder).toBe('/c');
    expect(readHubSettings({}, { XDG_CACHE_HOME: '/x', HF_HOME: '' }).cacheFolder).toBe(
      join('/x', 'huggingface', 'hub'),
    );
  });

  it('prefers what is given', () => {
    const given = { cacheFolder: '/mine', token: 'hf_b', offline: false };
    const environment = { HF_HUB_CACHE: '/c', HF_TOKEN: 'hf_a', HF_HUB_OFFLINE: '1' };
    expect(readHubSettings(given, environment)).toMatchObject(given);
  });
});
