import { LiftError } from '../core/foundation/lift-error';

/** Says why the engine process ended, as far as its exit code, signal and last words tell, and what to do. */
export function deathOf(
  code: number | null,
  signal: NodeJS.Signals | null,
  lastWords: string,
  run: string | undefined,
): LiftError {
  const resume = run ? ` Its checkpoints are kept: resume with \`lift fine-tune --resume "${run}"\`.` : '';
  const error = (what: string, todo: string): LiftError =>
    new LiftError('engine-died', `The engine process ${what}.`, `${todo}${resume}`, { cause: lastWords });

  if (/heap out of memory|bad_alloc|Cannot allocate memory/i.test(lastWords)) {
    return error('ran out of memory', 'Use a smaller model, fewer rows, or smaller training batches.');
  }
  if (/Cannot find module .*onnxruntime/.test(lastWords)) {
    return error('found no ONNX Runtime for this system', 'Install the package again, for this operating system.');
  }
  if (/cannot open shared object file|ERR_DLOPEN_FAILED|specified module could not be found/.test(lastWords)) {
    return error('could not load ONNX Runtime', 'A system library it needs is missing or too old for it.');
  }
  if (signal === 'SIGKILL') {
    return error('was killed (SIGKILL)', 'If nobody did so, the system was probably out of memory.');
  }
  if (signal) return error(`ended by ${signal}`, 'Start again; if it happens twice, please report it.');
  return error(`ended with exit code ${code ?? 'unknown'}`, 'Start again; if it happens twice, please report it.');
}
