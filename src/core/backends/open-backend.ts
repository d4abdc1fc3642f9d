import { LiftError } from '../foundation/lift-error';
import type { Backend, OpenBackend } from '../run/backend';
import type { BackendChoice } from '../run/backend-choice';
import { localBackend } from './local';

/** Every place where a run can happen. Keys come from the environment of this process, see each backend. */
export const openBackend: OpenBackend = (choice: BackendChoice): Backend => {
  switch (choice.kind) {
    case 'local':
      return localBackend;
    case 'ray':
      throw new LiftError('usage', 'This version has no Ray backend.');
  }
};
