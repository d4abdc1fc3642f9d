import { english, phrase } from './phrase';
import type { Said } from './phrase';

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

/** What of an error is sent and written down: in English, and as `said` for any language. */
export interface ErrorParts {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly said?: { readonly message: Said; readonly hint: Said } | undefined;
}

/**
 * An error that a user can act on: `message` says what happened and why, `hint` says what to do.
 * Everything that can go wrong from outside (files, input, network, memory) is thrown as one of these. `message` and `hint` are
 * in English; `said` has both for any language.
 */
export class LiftError extends Error {
  readonly code: LiftErrorCode;
  readonly hint: string;
  readonly said: { readonly message: Said; readonly hint: Said };

  constructor(code: LiftErrorCode, message: Said, hint: Said = '', options?: ErrorOptions) {
    super(english(message), options);
    this.name = 'LiftError';
    this.code = code;
    this.hint = english(hint);
    this.said = { message, hint };
  }

  static is(error: unknown, code?: LiftErrorCode): error is LiftError {
    return error instanceof LiftError && (code === undefined || error.code === code);
  }

  get parts(): ErrorParts & { readonly code: LiftErrorCode } {
    const { code, message, hint, said } = this;
    return { code, message, hint, said };
  }

  /** The error that parts were taken of. */
  static of({ code, message, hint, said }: ErrorParts): LiftError {
    return new LiftError(code as LiftErrorCode, said?.message ?? message, said?.hint ?? hint);
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
  const path = error.path ?? phrase`the file`;
  switch (error.code) {
    case 'ENOENT':
      return new LiftError('file-not-found', phrase`${path} does not exist.`, 'Check the path.', { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new LiftError(
        'file-unreadable',
        phrase`No permission to use ${path}.`,
        'Check the permissions of the file and its folder.',
        { cause: error },
      );
    case 'EISDIR':
      return new LiftError('file-unreadable', phrase`${path} is a folder, not a file.`, 'Name a file.', {
        cause: error,
      });
    case 'ENOTDIR':
      return new LiftError(
        'file-not-found',
        phrase`${path} is not reachable: a part of the path is a file.`,
        'Check the path.',
        { cause: error },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new LiftError(
        'disk-full',
        phrase`The disk is full: could not write ${path}.`,
        'Free some space and resume; nothing that was saved is lost.',
        { cause: error },
      );
    case 'EROFS':
      return new LiftError(
        'file-unwritable',
        phrase`${path} is on a read-only file system.`,
        'Choose another folder.',
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
