/** What kind of thing went wrong; stable words that machines may test for. */
export type LiftErrorCode =
  | 'usage'
  | 'file-not-found'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'disk-full'
  | 'csv-invalid'
  | 'csv-empty'
  | 'column-missing'
  | 'target-invalid'
  | 'template-invalid'
  | 'recipe-invalid'
  | 'model-not-found'
  | 'model-invalid'
  | 'model-unsupported'
  | 'model-too-large'
  | 'tokenizer-invalid'
  | 'adapter-invalid'
  | 'prompt-too-long'
  | 'network'
  | 'unauthorized'
  | 'cancelled'
  | 'engine-died'
  | 'platform-unsupported'
  | 'run-invalid'
  | 'internal';

/**
 * An error that a user can act on: `message` says what happened and why, `hint` says what to do.
 * Everything that can go wrong from outside (files, input, network, memory) is thrown as one of these.
 */
export class LiftError extends Error {
  readonly code: LiftErrorCode;
  readonly hint: string;

  constructor(code: LiftErrorCode, message: string, hint = '', options?: ErrorOptions) {
    super(message, options);
    this.name = 'LiftError';
    this.code = code;
    this.hint = hint;
  }

  static is(error: unknown, code?: LiftErrorCode): error is LiftError {
    return error instanceof LiftError && (code === undefined || error.code === code);
  }

  /** The error itself when it is one of ours; what Node's file system reports in words; otherwise an internal error. */
  static from(error: unknown): LiftError {
    if (error instanceof LiftError) return error;
    if (!(error instanceof Error)) return new LiftError('internal', String(error));
    if (error.name === 'AbortError') return new LiftError('cancelled', 'Cancelled.', '', { cause: error });
    const system = fromSystemError(error);
    return (
      system ??
      new LiftError('internal', error.message, 'This is a defect in LIFT; please report it.', { cause: error })
    );
  }
}

/** What Node's file system adds to its errors. Declared here, since this file also serves pages, which have no Node. */
interface SystemError extends Error {
  readonly code?: string;
  readonly path?: string;
}

function fromSystemError(error: SystemError): LiftError | undefined {
  const path = error.path ?? 'the file';
  switch (error.code) {
    case 'ENOENT':
      return new LiftError('file-not-found', `${path} does not exist.`, 'Check the path.', { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new LiftError(
        'file-unreadable',
        `No permission to use ${path}.`,
        'Check the permissions of the file and its folder.',
        { cause: error },
      );
    case 'EISDIR':
      return new LiftError('file-unreadable', `${path} is a folder, not a file.`, 'Name a file.', { cause: error });
    case 'ENOTDIR':
      return new LiftError(
        'file-not-found',
        `${path} is not reachable: a part of the path is a file.`,
        'Check the path.',
        { cause: error },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new LiftError(
        'disk-full',
        `The disk is full: could not write ${path}.`,
        'Free some space and resume; nothing that was saved is lost.',
        { cause: error },
      );
    case 'EROFS':
      return new LiftError(
        'file-unwritable',
        `${path} is on a read-only file system.`,
        'Choose another output folder with --out.',
        { cause: error },
      );
    default:
      return undefined;
  }
}

/** Throws the `cancelled` error when the signal has fired. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LiftError('cancelled', 'Cancelled.');
}
