import { randomBytes } from 'node:crypto';
import type { LiftError } from '../../foundation/lift-error';
import type { RunFolder } from '../../run/folder/run-folder';
import type { JobPackage } from './package';
import type { JobService, SubmitOptions } from './service';
import { readJobState, writeJobState } from './state';
import type { JobState } from './state';

/** What is remembered of a job, so that it is found again and nothing is told twice. */
export interface JobMemory {
  /** Sends the job unless it is there already, and gives its id. */
  submit(service: JobService, pack: JobPackage, options: SubmitOptions): Promise<string>;
  /** Whether the next event that is told once has not been told yet. */
  isNew(): Promise<boolean>;
  become(phase: JobState['phase']): Promise<void>;
  /** A job that has ended with an error is not gone on with, but begun again. */
  end(error: LiftError): Promise<void>;
}

/** Of a job that is asked for by its key each time: predictions of a table. Nothing is written. */
export const forgetful: JobMemory = {
  submit: (service, pack, options) => service.submit(pack.key, pack.archive, options),
  isNew: () => Promise.resolve(true),
  become: () => Promise.resolve(),
  end: () => Promise.resolve(),
};

/** In a run folder: a closed editor or terminal finds the job again. */
export class RunJobMemory implements JobMemory {
  private state: JobState | undefined;
  private heard = 0;

  constructor(
    private readonly folder: RunFolder,
    private readonly sent: Pick<JobState['sent'], 'rows' | 'columns'>,
  ) {}

  async submit(service: JobService, pack: JobPackage, options: SubmitOptions): Promise<string> {
    const earlier = await readJobState(this.folder);
    const goesOn = earlier?.phase === 'submitted' || earlier?.phase === 'home' || earlier?.phase === 'sending';
    if (goesOn && earlier.id !== undefined && (await service.status(earlier.id, options.signal)).phase !== 'missing') {
      this.state = earlier;
      return earlier.id;
    }
    // Found again under this name when this process ends before it knows the id; a job that has ended keeps its name.
    const name = goesOn && earlier.id === undefined ? earlier.name : `${pack.key}-${randomBytes(4).toString('hex')}`;
    this.state = {
      version: 1,
      kind: service.kind,
      destination: service.destination,
      name,
      phase: 'sending',
      sent: { ...this.sent, bytes: pack.archive.length },
      said: 0,
    };
    await writeJobState(this.folder, this.state);
    const id = await service.submit(name, pack.archive, options);
    await this.change({ id, phase: 'submitted' });
    return id;
  }

  async isNew(): Promise<boolean> {
    if (++this.heard <= (this.state?.said ?? 0)) return false;
    await this.change({ said: this.heard });
    return true;
  }

  become(phase: JobState['phase']): Promise<void> {
    return this.change({ phase });
  }

  end(error: LiftError): Promise<void> {
    return this.change({ phase: error.code === 'engine-died' ? 'lost' : 'failed' });
  }

  private async change(changes: Partial<JobState>): Promise<void> {
    if (!this.state) return;
    this.state = { ...this.state, ...changes };
    await writeJobState(this.folder, this.state);
  }
}
