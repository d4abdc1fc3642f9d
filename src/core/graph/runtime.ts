import type * as Runtime from 'onnxruntime-node';
import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';

/**
 * ONNX Runtime, loaded when first needed, so that everything that needs no model works where its native library does
 * not load.
 *
 * @param platform the system, as `process.platform` names it
 * @param architecture the processor, as `process.arch` names it
 * @throws `platform-unsupported` where there is no library for the machine or it does not load, with what is known about
 *   the reason
 */
export async function loadRuntime(
  platform: string = process.platform,
  architecture: string = process.arch,
): Promise<typeof Runtime> {
  if (platform === 'darwin' && architecture === 'x64') {
    throw new LiftError(
      'platform-unsupported',
      'ONNX Runtime no longer ships a library for Intel Macs, so models can neither be trained nor asked on this machine.',
      'Tables, prompts and finished runs can be looked at here; fine-tune on another machine, for example through Remote-SSH.',
    );
  }
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new LiftError(
      'platform-unsupported',
      phrase`The native library of ONNX Runtime did not load on ${platform}-${architecture}: ${
        error instanceof Error ? error.message : String(error)
      }`,
      platform === 'win32'
        ? 'Install the Microsoft Visual C++ Redistributable (2015–2022) and try again.'
        : 'Install the package made for this platform: there is one for Linux (x64, arm64), Windows (x64, arm64) and macOS (arm64).',
      { cause: error },
    );
  }
}
