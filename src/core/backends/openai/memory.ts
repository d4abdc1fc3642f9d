import { randomBytes } from 'node:crypto';
import type { RunFolder } from '../../run/folder/run-folder';
import { readJobState, writeJobState } from '../jobs/state';
import type { JobState } from '../jobs/state';

/**
 * The job of a run on an OpenAI-compatible service, in the run folder: every id is written down as soon as it is known, so
 * that a closed editor or terminal finds its files, its job and its model again.
 */
export class OpenAiMemory {
  private heard = 0;

  private constructor(
    private readonly folder: RunFolder,
    private present: JobState,
    /** Nothing of this name has been sent by an earlier process. */
    readonly isNew: boolean,
  ) {}

  /** @param key of what is sent: with other files or settings it is another job */
  static async open(
    folder: RunFolder,
    key: string,
    begin: Pick<JobState, 'kind' | 'destination' | 'sent'>,
  ): Promise<OpenAiMemory> {
    const earlier = await readJobState(folder);
    if (earlier?.name.startsWith(key) && earlier.destination === begin.destination) {
      return new OpenAiMemory(folder, earlier, false);
    }
    const name = `${key}-${randomBytes(4).toString('hex')}`;
    const memory = new OpenAiMemory(folder, { version: 1, ...begin, name, phase: 'sending', said: 0 }, true);
    await memory.change({});
    return memory;
  }

  get state(): JobState {
    return this.present;
  }

  async change(changes: Partial<JobState>): Promise<void> {
    this.present = { ...this.present, ...changes };
    await writeJobState(this.folder, this.present);
  }

  /** Forgets a job that has ended without a model, so that another one can be begun with the same files. */
  async forgetJob(phase: 'failed' | 'lost'): Promise<void> {
    this.heard = 0;
    await this.change({ id: undefined, phase, said: 0 });
  }

  /** Whether the next of those events that are told once has not been told yet. */
  async isNews(): Promise<boolean> {
    if (++this.heard <= this.present.said) return false;
    await this.change({ said: this.heard });
    return true;
  }
}
