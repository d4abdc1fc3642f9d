import type { Backend } from '../run/backend';
import { readHubSettings } from '../model/hub/hub-settings';
import type { BackendChoice } from '../run/backend-choice';
import { HfJobsService } from './hugging-face/service';
import { jobBackend } from './jobs/backend';
import { localBackend } from './local';
import { openAiBackend } from './openai/backend';
import { openAiKeyVariable } from './openai/client';
import { RayService } from './ray/service';

/**
 * Makes the backend that was chosen. Keys come from the environment of this process, and from nowhere else: LIFT_RAY_TOKEN
 * for a Ray cluster, HF_TOKEN for Hugging Face Jobs; for an OpenAI-compatible service the variable that the choice names, or LIFT_OPENAI_KEY.
 */
export function openBackend(
  choice: BackendChoice,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Backend {
  switch (choice.kind) {
    case 'local':
      return localBackend;
    case 'ray': {
      const { workers = null, storage = null } = choice;
      const token = filled(environment.LIFT_RAY_TOKEN);
      return jobBackend(new RayService(choice, { token }), { workers, storage });
    }
    case 'hf-jobs': {
      const { endpoint, token } = readHubSettings({}, environment);
      return jobBackend(new HfJobsService(choice, { endpoint, token }), { workers: null, storage: null });
    }
    case 'openai': {
      const { keyVariable } = choice;
      const named = keyVariable === undefined ? undefined : filled(environment[keyVariable]);
      return openAiBackend(choice, { key: named ?? filled(environment[openAiKeyVariable]) });
    }
  }
}

function filled(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === '' ? undefined : text;
}
