import type { Backend } from '../run/backend';
import type { BackendChoice } from '../run/backend-choice';
import { jobBackend } from './job-backend';
import { localBackend } from './local';
import { RayService } from './ray-service';

/**
 * Makes the backend that was chosen. Keys come from the environment of this process, and from nowhere else: LIFT_RAY_TOKEN
 * is sent to a Ray cluster as its bearer token.
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
      const token = environment.LIFT_RAY_TOKEN?.trim();
      return jobBackend(new RayService(choice, { token: token === '' ? undefined : token }), { workers, storage });
    }
  }
}
