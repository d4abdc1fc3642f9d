import { createHash } from 'node:crypto';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { leaving } from '../../run/backend';
import type { TrainingOutcome, TrainingWork } from '../../run/backend';
import type { OpenAiChoice } from '../../run/backend-choice';
import type { RunContext } from '../../run/events';
import type { RunFolder } from '../../run/folder/run-folder';
import type { StageClock } from '../../run/progress/stage-clock';
import type { WatchOptions } from '../http/watch';
import type { OpenAiClient } from './client';
import { costOf } from './cost';
import { RefusedRequest } from './errors';
import { exportExamples } from './examples';
import type { ExportedExamples } from './examples';
import { followOpenAiJob } from './follow';
import { OpenAiMemory } from './memory';
import { OpenAiNarration } from './narration';
import { bestCheckpoint } from './progress';
import { remainsOf } from './remains';
import { sentColumns, sentRows } from '../exports/sent';
import { notice } from '../../run/notice';

/** Milliseconds that a service may take to be told that a job is to end and its files to go. */
const STOP_PATIENCE = 10_000;

/**
 * Trains on a service, or goes on with what an earlier process has begun: files that are there are not sent again, a job that
 * is there is not begun again, a model that is trained is not trained again.
 */
export async function trainWithOpenAi(
  client: OpenAiClient,
  choice: OpenAiChoice,
  folder: RunFolder,
  work: TrainingWork,
  clock: StageClock,
  context: RunContext,
  follow: Pick<WatchOptions, 'pauses' | 'patience'>,
): Promise<{ model: string; outcome: TrainingOutcome }> {
  const { signal, emit } = context;
  const { recipe } = work.inputs;
  const examples = await exportExamples(work, choice.format ?? 'chat', signal);
  const wanted = jobRequest(work, choice);
  const bytes = examples.training.length + (examples.validation?.length ?? 0);
  const sent = { rows: sentRows(work), columns: sentColumns(work), bytes };
  const key = keyOf(examples, wanted);
  const memory = await OpenAiMemory.open(folder, key, { kind: 'openai', destination: client.destination, sent });
  if (memory.state.id === undefined && memory.state.files === undefined) {
    const { rows, columns } = sent;
    const message =
      `Sending ${rows.toLocaleString('en')} rows of the columns ${columns.map((name) => `"${name}"`).join(', ')} as prompts ` +
      `(${Math.ceil(bytes / 1000).toLocaleString('en')} kB) to ${client.destination}. ` +
      `Cost: ${costOf(examples.tokens, recipe.training.epochs, choice.price)}. What stays there: ${remainsOf(choice)}.`;
    emit(notice('info', message));
  }
  const narration = new OpenAiNarration(memory, context, recipe.training.epochs);
  const trained = memory.state.model;
  if (trained !== undefined && !(await client.job(memory.state.id!, signal))) {
    // The service has forgotten how it came to be.
    return { model: trained, outcome: narration.outcome(0) };
  }
  try {
    const id = await clock.time('uploading', (report) => {
      return beginJob(client, memory, examples, wanted, { signal, onProgress: report });
    });
    const onConnection = (lost: boolean): void => {
      const message = lost ? phrase`The connection is lost; trying again.` : phrase`The connection is back.`;
      emit(notice(lost ? 'warning' : 'info', message));
    };
    const looks = followOpenAiJob(client, id, { ...follow, signal, onConnection });
    const job = await narration.run(looks, clock);
    const model = trained ?? (await chosenModel(client, id, job.fine_tuned_model, context));
    await memory.change({ model, phase: 'home' });
    if (!choice.keepFiles) await deleteFiles(client, memory, context);
    return { model, outcome: narration.outcome(job.trained_tokens ?? examples.tokens * recipe.training.epochs) };
  } catch (cause) {
    const error = LiftError.from(cause);
    if (error.code === 'cancelled' && signal?.aborted) await leaveOrStop(client, memory, context);
    else if (error.code === 'engine-died' || error.code === 'cancelled') await memory.forgetJob('failed');
    throw error;
  }
}

/** The body of `POST /fine_tuning/jobs`; its files are known later. */
interface JobRequest extends Record<string, unknown> {
  readonly method: { readonly type: 'supervised'; readonly supervised: { readonly hyperparameters: object } };
}

function jobRequest({ inputs: { recipe, modelId } }: TrainingWork, choice: OpenAiChoice): JobRequest {
  const hyperparameters = {
    n_epochs: recipe.training.epochs,
    ...(choice.batchSize !== undefined && { batch_size: choice.batchSize }),
    ...(choice.learningRateMultiplier !== undefined && { learning_rate_multiplier: choice.learningRateMultiplier }),
  };
  return {
    model: modelId,
    seed: recipe.training.seed % 2 ** 31,
    suffix: `lift-${recipe.name}`.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 40),
    method: { type: 'supervised', supervised: { hyperparameters } },
  };
}

/** Names what is sent: the same files and settings have the same key. */
function keyOf({ training, validation }: ExportedExamples, wanted: JobRequest): string {
  const hash = createHash('sha256').update(JSON.stringify(wanted)).update(training);
  return `lift-${hash
    .update(validation ?? '')
    .digest('hex')
    .slice(0, 24)}`;
}

/** Sends what is not there yet, writing down every id at once. */
async function beginJob(
  client: OpenAiClient,
  memory: OpenAiMemory,
  { training, validation }: ExportedExamples,
  wanted: JobRequest,
  options: { signal: AbortSignal | undefined; onProgress: (fraction: number) => void },
): Promise<string> {
  const { signal, onProgress } = options;
  if (memory.state.id !== undefined && (await client.job(memory.state.id, signal))) return memory.state.id;
  const total = training.length + (validation?.length ?? 0);
  const send = async (part: 'training' | 'validation', content: Uint8Array, before: number): Promise<string> => {
    const known = memory.state.files?.[part];
    if (known !== undefined && (await client.hasFile(known, signal))) return known;
    const share = (fraction: number): void => {
      onProgress((before + fraction * content.length) / total);
    };
    // A file that was known and is gone was deleted there: it is a new one.
    const isFirst = known !== undefined || memory.isNew;
    const id = await client.uploadOnce(`${memory.state.name}-${part}.jsonl`, content, isFirst, {
      signal,
      onProgress: share,
    });
    await memory.change({ files: { ...memory.state.files, [part]: id } });
    return id;
  };
  await memory.change({ phase: 'sending' });
  const training_file = await send('training', training, 0);
  const validation_file = validation && (await send('validation', validation, training.length));
  const files = { training_file, ...(validation_file !== undefined && { validation_file }) };
  const request = { ...wanted, ...files, metadata: { lift: memory.state.name } };
  const job = await createJob(client, request, memory.isNew, signal);
  await memory.change({ id: job, phase: 'submitted' });
  return job;
}

/** In the words of the present API; of a service that refuses these, in those of the one before. */
async function createJob(
  client: OpenAiClient,
  request: JobRequest,
  isFirst: boolean,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    return await client.createJobOnce(request, isFirst, signal);
  } catch (error) {
    if (!(error instanceof RefusedRequest) || !error.isAbout('method', 'metadata')) throw error;
    const { method, ...rest } = request;
    return client.createJobOnce({ ...rest, ...method.supervised, metadata: undefined }, isFirst, signal);
  }
}

/** The model of the best epoch where the service keeps those, else the last one. */
async function chosenModel(
  client: OpenAiClient,
  id: string,
  last: string | null | undefined,
  { signal, emit }: RunContext,
): Promise<string> {
  const checkpoints = await client.checkpoints(id, signal);
  const best = bestCheckpoint(checkpoints);
  const latest = Math.max(...checkpoints.map(({ step_number: step }) => step));
  if (best && best.step_number < latest) {
    const message = phrase`The model of step ${best.step_number} is taken: its validation loss is lower than that of the last one.`;
    emit(notice('info', message));
    return best.fine_tuned_model_checkpoint;
  }
  if (last) return last;
  throw new LiftError(
    'run-invalid',
    phrase`The job on ${client.destination} has succeeded, but names no model.`,
    'Look at it there; resume the run to ask again.',
  );
}

async function deleteFiles(client: OpenAiClient, memory: OpenAiMemory, { signal, emit }: RunContext): Promise<void> {
  try {
    const { training, validation } = memory.state.files ?? {};
    for (const id of [training, validation]) if (id !== undefined) await client.deleteFile(id, signal);
    await memory.change({ files: undefined });
  } catch (error) {
    if (signal?.aborted) throw error;
    const message = phrase`The uploaded files could not be deleted from ${client.destination}: ${(error as Error).message}`;
    emit(notice('warning', message));
  }
}

/** A job that its user stops is cancelled, and its files go. */
async function leaveOrStop(client: OpenAiClient, memory: OpenAiMemory, { signal, emit }: RunContext): Promise<void> {
  if (signal?.reason === leaving) return;
  const patience = AbortSignal.timeout(STOP_PATIENCE);
  const { id, model } = memory.state;
  await memory.change({ phase: 'stopped' });
  if (id === undefined || model !== undefined) return;
  await client.cancelJob(id, patience);
  await deleteFiles(client, memory, { signal: patience, emit });
  await memory.change({ id: undefined, said: 0 });
}
