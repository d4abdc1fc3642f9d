import { open, rm, type FileHandle } from 'node:fs/promises';
import { LiftError } from '../../foundation/lift-error';

/** Keeps arrays of floats, each written once and read many times. */
export interface HiddenStore {
  write(values: Float32Array): Promise<StoredValues>;
  close(): Promise<void>;
}

export interface StoredValues {
  /** Copies the values to `target` from `offset` on. */
  readInto(target: Float32Array, offset: number): Promise<void>;
}

export class MemoryStore implements HiddenStore {
  write(values: Float32Array): Promise<StoredValues> {
    const readInto = (target: Float32Array, offset: number): Promise<void> => {
      target.set(values, offset);
      return Promise.resolve();
    };
    return Promise.resolve({ readInto });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * Values in a scratch file, for more than memory should hold. Its name goes at once where an open file can do without, so
 * that a killed process leaves nothing behind; elsewhere when the store is closed.
 */
export class FileStore implements HiddenStore {
  private end = 0;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  /** @throws LiftError `file-unwritable`, `file-not-found` */
  static async create(path: string): Promise<FileStore> {
    try {
      const file = await open(path, 'w+');
      if (process.platform !== 'win32') await rm(path);
      return new FileStore(path, file);
    } catch (error) {
      throw LiftError.from(error);
    }
  }

  /** @throws LiftError `disk-full` */
  async write(values: Float32Array): Promise<StoredValues> {
    const position = this.end;
    this.end += values.byteLength;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    try {
      for (let done = 0; done < bytes.length;) {
        done += (await this.file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
      }
    } catch (error) {
      throw LiftError.from(error);
    }
    const readInto = async (target: Float32Array, offset: number): Promise<void> => {
      const bytes = new Uint8Array(target.buffer, target.byteOffset + offset * 4, values.byteLength);
      await this.file.read(bytes, 0, bytes.length, position);
    };
    return { readInto };
  }

  async close(): Promise<void> {
    await this.file.close();
    await rm(this.path, { force: true });
  }
}
