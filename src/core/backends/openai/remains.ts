import type { OpenAiChoice } from '../../run/backend-choice';

/** What stays with the service when a run is over, in words. */
export function remainsOf({ keepFiles }: OpenAiChoice): string {
  return keepFiles ? 'the trained model and the uploaded files' : 'the trained model; the uploaded files are deleted';
}
