import type * as Runtime from 'onnxruntime-node';
import { LiftError } from '../foundation/lift-error';

/**
 * ONNX Runtime, loaded when first needed, so that everything that needs no model works where its native library does
 * not load. Throws `internal` with what is known about the reason.
 */
export async function loadRuntime(): Promise<typeof Runtime> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new LiftError(
      'internal',
      `The native library of ONNX Runtime did not load on ${process.platform}-${process.arch}: ${
        error instanceof Error ? error.message : String(error)
      }`,
      hintFor(process.platform, process.arch),
      { cause: error },
    );
  }
}

function hintFor(platform: string, architecture: string): string {
  if (platform === 'win32') return 'Install the Microsoft Visual C++ Redistributable (2015–2022) and try again.';
  if (platform === 'darwin' && architecture === 'x64') {
    return 'ONNX Runtime no longer ships a library for Intel Macs; use another machine or a remote backend.';
  }
  return 'Install the package again; it holds libraries for Linux (x64, arm64), Windows (x64, arm64) and macOS (arm64).';
}
