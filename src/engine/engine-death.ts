import { LiftError } from '../core/foundation/lift-error';
import { phrase } from '../core/foundation/phrase';
import type { Phrase } from '../core/foundation/phrase';

/** Says why the engine process ended, as far as its exit code, signal and last words tell, and what to do. */
export function deathOf(
  code: number | null,
  signal: NodeJS.Signals | null,
  lastWords: string,
  run: string | undefined,
): LiftError {
  const resume = run ? phrase` Its checkpoints are kept: resume with \`lift fine-tune --resume "${run}"\`.` : '';
  const error = (what: Phrase, todo: Phrase): LiftError =>
    new LiftError('engine-died', what, phrase`${todo}${resume}`, { cause: lastWords });

  if (/heap out of memory|bad_alloc|Cannot allocate memory/i.test(lastWords)) {
    return error(
      phrase`The engine process ran out of memory.`,
      phrase`Use a smaller model, fewer rows, or smaller training batches.`,
    );
  }
  if (/Cannot find module .*onnxruntime/.test(lastWords)) {
    return error(
      phrase`The engine process found no ONNX Runtime for this system.`,
      phrase`Install the package again, for this operating system.`,
    );
  }
  if (/cannot open shared object file|ERR_DLOPEN_FAILED|specified module could not be found/.test(lastWords)) {
    return error(
      phrase`The engine process could not load ONNX Runtime.`,
      phrase`A system library it needs is missing or too old for it.`,
    );
  }
  if (signal === 'SIGKILL') {
    return error(
      phrase`The engine process was killed (SIGKILL).`,
      phrase`If nobody did so, the system was probably out of memory.`,
    );
  }
  if (signal)
    return error(
      phrase`The engine process ended by ${signal}.`,
      phrase`Start again; if it happens twice, please report it.`,
    );
  return error(
    phrase`The engine process ended with exit code ${code ?? '?'}.`,
    phrase`Start again; if it happens twice, please report it.`,
  );
}
