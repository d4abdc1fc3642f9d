import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Answerer } from '../../run/answer/answerer';
import type { RawAnswer } from '../../run/answer/answers';
import type { Backend, TrainingOutcome } from '../../run/backend';
import type { RunContext } from '../../run/events';
import type { StageClock } from '../../run/progress/stage-clock';
import type { PromptRow } from '../../run/task/prompt-source';
import { exportModel } from '../exports/model';
import { adapterArguments } from '../exports/adapter';
import { exportQuestions } from '../exports/questions';
import { refuseLocalOnly } from '../exports/refuse-local-only';
import { sentColumns, sentRows } from '../exports/sent';
import { forgetful, RunJobMemory } from './memory';
import { packJob } from './package';
import type { JobResults } from './results';
import type { JobService } from './service';
import type { JobTraining } from './log';
import { packTraining, specVersion } from './pack-training';
import type { ProgramSettings } from './pack-training';
import { programFiles } from './program-files';
import { runJob } from './run';
import type { RunJobOptions } from './run';
import { saveRemote } from './save-results';
import { notice } from '../../run/notice';

/** How a job is followed; the usual way when left out. */
export type JobBackendOptions = Omit<RunJobOptions, 'epochs'>;

/**
 * Trains and asks models by jobs of our Python program on a service. One job does both for a run: it trains, answers the
 * rows of the run, and what it brings home is the same that the local engine makes.
 */
export function jobBackend(service: JobService, settings: ProgramSettings, options: JobBackendOptions = {}): Backend {
  return {
    kind: service.kind,
    needs: 'tokenizer',
    test: (signal) => service.test(signal),
    check: ({ inputs }) => {
      refuseLocalOnly(inputs.recipe);
    },
    plan: async (work) => {
      const { pack, weights, warnings } = await packTraining(
        work,
        await settingsOf(service, settings),
        service.packageLimit,
        undefined,
      );
      checkSize(service, pack.archive);
      return {
        destination: service.destination,
        upload: { rows: sentRows(work), columns: sentColumns(work), bytes: pack.archive.length, weights },
        remains: await service.remains(),
        cost: service.cost,
        warnings: [...warnings],
      };
    },
    train: async (folder, work, clock, context) => {
      const packed = await packTraining(
        work,
        await settingsOf(service, settings, context.signal),
        service.packageLimit,
        context.signal,
      );
      checkSize(service, packed.pack.archive);
      const sent = { rows: sentRows(work), columns: sentColumns(work) };
      await saySending(service, packed.pack.archive.length, sent, packed.weights, context);
      const memory = new RunJobMemory(folder, sent);
      const { epochs } = work.inputs.recipe.training;
      const told = await runJob(service, packed.pack, memory, clock, context, { ...options, epochs });
      const results = await withStored(service, told, clock, context);
      await saveRemote(folder, work.inputs, results, context.emit);
      const answers = packed.read(fileOf(results, 'answers'));
      return {
        training: outcomeOf(results.training),
        openAnswerer: () => Promise.resolve(answersAtHand(work.asked, answers)),
      };
    },
    openAnswerer: async (run, rows, clock, context) => {
      const { recipe, model, folder, asking } = run;
      const questions = await exportQuestions(asking, rows, context.signal);
      const isFull = recipe.training.method === 'full';
      const exported = await exportModel(run.state.model.id, model, service.packageLimit);
      const files = new Map([...(await programFiles()), ...exported.files, ...questions.files]);
      if (!isFull) {
        files.set('start/adapter_model.safetensors', await readFile(join(folder.adapter, 'adapter_model.safetensors')));
      }
      const pack = packJob(files, {
        version: specVersion,
        ...(await settingsOf(service, settings, context.signal)),
        seed: recipe.training.seed,
        model: exported.model,
        adapter: isFull ? null : adapterArguments(recipe, model),
        training: null,
        answerTokens: null,
        asking: questions.asking,
      });
      checkSize(service, pack.archive);
      const told = await runJob(service, pack, forgetful, clock, context, { ...options, epochs: 0 });
      const results = await withStored(service, told, clock, context);
      return answersAtHand(rows, questions.read(fileOf(results, 'answers')));
    },
  };
}

async function settingsOf(
  service: JobService,
  settings: ProgramSettings,
  signal?: AbortSignal,
): Promise<ProgramSettings> {
  return (await service.settings?.(signal)) ?? settings;
}

/** The same results, with those that lie in a place which the service can read. */
async function withStored(
  service: JobService,
  results: JobResults,
  clock: StageClock,
  { signal }: RunContext,
): Promise<JobResults> {
  if (!service.fetch || results.stored.size === 0) return results;
  const fetch = service.fetch.bind(service);
  return clock.time('fetching', async (report) => {
    const files = new Map(results.files);
    for (const [name, place] of results.stored) {
      files.set(name, await fetch(place, signal));
      report(files.size / (results.files.size + results.stored.size));
    }
    return { ...results, files };
  });
}

function fileOf({ files }: JobResults, name: string): Uint8Array {
  const file = files.get(name);
  if (file) return file;
  throw new LiftError('run-invalid', phrase`The job has brought no ${name} home.`, 'Start the run again.');
}

/** Rows that were answered already, known again by their lines. */
function answersAtHand(rows: readonly PromptRow[], answers: readonly RawAnswer[]): Answerer {
  const byLine = new Map(rows.map(({ lineNumber }, index) => [lineNumber, answers[index]!]));
  return {
    answer: (asked) => Promise.resolve(asked.map(({ lineNumber }) => byLine.get(lineNumber)!)),
    close: () => Promise.resolve(),
  };
}

function outcomeOf(training: JobTraining | undefined): TrainingOutcome {
  if (!training) throw new LiftError('run-invalid', 'The job says nothing of its training.', 'Start the run again.');
  const { bestEpoch, tokensPerSecond, history, ...rest } = training;
  return {
    ...rest,
    history: history.map(({ epoch, trainLoss, validationLoss }) => ({ epoch, trainLoss, validationLoss })),
    bestEpoch: bestEpoch ?? undefined,
    tokensPerSecond: tokensPerSecond ?? undefined,
  };
}

function checkSize({ destination, packageLimit }: JobService, { length }: Uint8Array): void {
  if (length <= packageLimit) return;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;
  throw new LiftError(
    'usage',
    phrase`What would be sent has ${megabytes(length)}, and ${destination} takes ${megabytes(packageLimit)}.`,
    'Lower training.maxRows or examples.rows, or predict the table in parts.',
  );
}

/** On the command line, where there is no dialog, this is what tells what leaves the machine. */
async function saySending(
  service: JobService,
  bytes: number,
  { rows, columns }: { rows: number; columns: readonly string[] },
  weights: boolean,
  { emit, signal }: RunContext,
): Promise<void> {
  const { destination, cost } = service;
  const message =
    `Sending ${rows.toLocaleString('en')} rows of the columns ${columns.map((name) => `"${name}"`).join(', ')} as prompts` +
    `${weights ? ', and the model' : ''} (${Math.ceil(bytes / 1000).toLocaleString('en')} kB) to ${destination}.` +
    (cost === undefined ? '' : ` Cost: ${cost}.`) +
    ` What stays there: ${await service.remains(signal)}.`;
  emit(notice('info', message));
}
