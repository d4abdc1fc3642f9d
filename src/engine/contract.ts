import * as v from 'valibot';
import type { LiftErrorCode } from '../core/foundation/lift-error';
import { SaidOfError } from '../core/foundation/said-schema';
import { GenerateRequest, GenerateResult } from '../core/generation/requests';
import { ImagesRequest, ImagesResult } from '../core/images/requests';
import { RunEvent } from '../core/run/events';
import {
  BaselinesRequest,
  BaselinesResult,
  EvaluateRequest,
  EvaluateResult,
  ExportRequest,
  ExportResult,
  FineTuneRequest,
  FineTuneResult,
  PredictRequest,
  PredictResult,
  RunPlan,
} from '../core/run/requests';
import { StudyRequest, StudyResultMessage } from '../core/studies/requests';

/**
 * The one contract between the engine process and whoever drives it (command line, extension): the methods with what
 * goes in and what comes out, and the messages that carry them. Both sides check every message against it.
 */
export const methods = {
  fineTune: { request: FineTuneRequest, result: FineTuneResult },
  plan: { request: FineTuneRequest, result: RunPlan },
  predict: { request: PredictRequest, result: PredictResult },
  evaluate: { request: EvaluateRequest, result: EvaluateResult },
  baselines: { request: BaselinesRequest, result: BaselinesResult },
  export: { request: ExportRequest, result: ExportResult },
  generate: { request: GenerateRequest, result: GenerateResult },
  images: { request: ImagesRequest, result: ImagesResult },
  study: { request: StudyRequest, result: StudyResultMessage },
} as const;

type Methods = typeof methods;
export type Method = keyof Methods;
export type RequestOf<M extends Method> = v.InferOutput<Methods[M]['request']>;
export type ResultOf<M extends Method> = v.InferOutput<Methods[M]['result']>;

const methodNames = Object.keys(methods) as Method[];

/** From the client: ask, or take a question back. */
export const ToEngine = v.variant('kind', [
  v.object({ kind: v.literal('request'), id: v.number(), method: v.picklist(methodNames), request: v.unknown() }),
  v.object({ kind: v.literal('cancel'), id: v.number() }),
]);
export type ToEngine = v.InferOutput<typeof ToEngine>;

/** Every code there is: the record makes the compiler say when one is missing. */
const errorCodes: Record<LiftErrorCode, true> = {
  usage: true,
  'file-not-found': true,
  'file-unreadable': true,
  'file-unwritable': true,
  'disk-full': true,
  'csv-invalid': true,
  'csv-empty': true,
  'column-missing': true,
  'target-invalid': true,
  'template-invalid': true,
  'recipe-invalid': true,
  'model-not-found': true,
  'model-invalid': true,
  'model-unsupported': true,
  'model-too-large': true,
  'tokenizer-invalid': true,
  'adapter-invalid': true,
  'prompt-too-long': true,
  network: true,
  unauthorized: true,
  cancelled: true,
  'engine-died': true,
  'platform-unsupported': true,
  'run-invalid': true,
  internal: true,
};

/** An error as it crosses the boundary; the stack stays where it is of use, in the engine's own log. */
export const WireError = v.object({
  code: v.picklist(Object.keys(errorCodes) as LiftErrorCode[]),
  message: v.string(),
  hint: v.string(),
  said: v.optional(SaidOfError),
});

/** From the engine: exactly one `result` or `error` for each request, after any number of events. */
const FromEngine = v.variant('kind', [
  v.object({ kind: v.literal('ready'), pid: v.number() }),
  /** Sent every second while the engine's thread is free; a long native call delays it. */
  v.object({ kind: v.literal('heartbeat'), memoryBytes: v.number() }),
  v.object({ kind: v.literal('event'), id: v.number(), event: RunEvent }),
  v.object({ kind: v.literal('result'), id: v.number(), result: v.unknown() }),
  v.object({ kind: v.literal('error'), id: v.number(), error: WireError }),
]);
export type FromEngine = v.InferOutput<typeof FromEngine>;

/** Checks a message from the engine, and a result against the method that was asked. Throws valibot's error. */
export function parseFromEngine(raw: unknown, methodOf: (id: number) => Method | undefined): FromEngine {
  const message = v.parse(FromEngine, raw);
  if (message.kind !== 'result') return message;
  const method = methodOf(message.id);
  // The answer to a request that was given up in the meantime has no one to check it for.
  return method === undefined ? message : { ...message, result: v.parse(methods[method].result, message.result) };
}
