import { createHash } from 'node:crypto';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { JobEvent, JobTraining } from './log';

/** What a job has brought home. */
export interface JobResults {
  readonly training: JobTraining | undefined;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Files that were too large for the log, and where the cluster keeps them. */
  readonly stored: ReadonlyMap<string, string>;
}

/** Puts the results of a job together from the pieces in its log. */
export class ResultCollector {
  private training: JobTraining | undefined;
  private readonly expected = new Map<string, Extract<JobEvent, { event: 'file' }>>();
  private readonly chunks = new Map<string, Map<number, Buffer>>();
  private readonly stored = new Map<string, string>();
  private ended = false;

  take(event: JobEvent): void {
    switch (event.event) {
      case 'trained':
        this.training = event.training;
        break;
      case 'file':
        this.expected.set(event.name, event);
        this.chunks.set(event.name, new Map());
        break;
      case 'chunk':
        this.chunks.get(event.name)?.set(event.number, Buffer.from(event.data, 'base64'));
        break;
      case 'stored':
        this.stored.set(event.name, event.place);
        break;
      case 'end':
        this.ended = true;
        break;
      default:
      // What is said on the way is no result.
    }
  }

  /** Whether the job has said everything. */
  get complete(): boolean {
    return this.ended;
  }

  /** Share of the pieces that have arrived, 0 … 1. */
  get fraction(): number {
    const wanted = [...this.expected.values()].reduce((sum, { chunks }) => sum + chunks, 0);
    const here = [...this.chunks.values()].reduce((sum, { size }) => sum + size, 0);
    return wanted === 0 ? 0 : here / wanted;
  }

  /** Throws `network` when a piece is missing or damaged. */
  results(): JobResults {
    const files = new Map<string, Uint8Array>();
    for (const [name, { chunks, sha256 }] of this.expected) {
      const found = this.chunks.get(name)!;
      const content = Buffer.concat(
        Array.from({ length: chunks }, (_, number) => found.get(number) ?? Buffer.alloc(0)),
      );
      if (createHash('sha256').update(content).digest('hex') !== sha256) {
        throw new LiftError(
          'network',
          phrase`The file ${name} of the job did not arrive whole.`,
          'Resume the run: the results are fetched again as long as the cluster keeps the log of the job.',
        );
      }
      files.set(name, content);
    }
    return { training: this.training, files, stored: this.stored };
  }
}
