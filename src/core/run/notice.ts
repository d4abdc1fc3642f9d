import { english } from '../foundation/phrase';
import type { Said } from '../foundation/phrase';
import type { RunEvent } from './events';

type Notice = Extract<RunEvent, { event: 'notice' }>;

/** What a run tells people: in English, and as `said` for any language. */
export function notice(level: Notice['level'], said: Said): Notice {
  return { event: 'notice', level, message: english(said), said };
}
