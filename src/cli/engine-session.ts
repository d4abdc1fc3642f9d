import { join } from 'node:path';
import { EngineClient } from '../engine/engine-client';
import type { CallOptions } from '../engine/engine-client';
import type { Arguments } from './arguments';
import type { CommandContext } from './command';

/** Runs `work` with an engine process of its own, which is gone when the work is over, however it ends. */
export async function withEngine<T>(
  args: Arguments,
  { output, signal }: CommandContext,
  work: (engine: EngineClient, options: CallOptions) => Promise<T>,
): Promise<T> {
  const engine = await EngineClient.start({
    // Bundled beside this program.
    enginePath: join(__dirname, 'engine.js'),
    threads: args.integer('threads', 1),
  });
  try {
    return await work(engine, {
      signal,
      onEvent: output.event,
    });
  } finally {
    await engine.close();
  }
}
