import type { Backend } from '../../run/backend';
import type { ProgramSettings } from './pack-training';

/** What has become of a job; `missing`: the service knows none of this id (any more). */
export interface JobStatus {
  readonly phase: 'queued' | 'running' | 'succeeded' | 'failed' | 'stopped' | 'missing';
  /** What the service says of it, in its own words. */
  readonly message: string;
}

export interface SubmitOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * A service that runs the Python program of `remote/` over a package of files, and gives back its log: a Ray cluster,
 * Hugging Face Jobs. What the program has to say, its results included, stands in the log (see remote/README.md).
 * Every method throws `network` after several tries, `unauthorized`, `cancelled`.
 */
export interface JobService {
  readonly kind: Backend['kind'];
  /** In words, for people: "the Ray cluster at http://127.0.0.1:8265". */
  readonly destination: string;
  /** The most bytes that a package may have. */
  readonly packageLimit: number;
  /** What its use costs, in words, when it costs money; known once the service was asked for its settings. */
  readonly cost: string | undefined;
  readonly test: Backend['test'];
  /**
   * Sends a package and begins the job. The same key twice is one job: nothing is sent or begun again.
   * @param key names the job: letters, digits and hyphens
   * @param archive a zip of the program and its files
   * @returns the id by which the other methods know the job
   */
  submit(key: string, archive: Uint8Array, options: SubmitOptions): Promise<string>;
  status(id: string, signal?: AbortSignal): Promise<JobStatus>;
  /** Everything that the job has written so far; it may end within a line. */
  log(id: string, signal?: AbortSignal): Promise<string>;
  /** Asks a job to end; one that is over or missing is left alone. */
  stop(id: string, signal?: AbortSignal): Promise<void>;
  /** How the program is to run there, where the service knows better than the user. */
  readonly settings?: (signal?: AbortSignal) => Promise<ProgramSettings>;
  /** Deletes what was sent for a job that is over, where the service does not do so by itself. */
  readonly tidy?: (id: string, signal?: AbortSignal) => Promise<void>;
  /** What stays there when a job is over, in words. */
  remains(signal?: AbortSignal): Promise<string>;
  /** A result that the program has stored elsewhere than in its log. */
  readonly fetch?: (place: string, signal?: AbortSignal) => Promise<Uint8Array>;
}
