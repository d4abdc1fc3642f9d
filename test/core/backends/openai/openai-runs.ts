import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openAiBackend } from '../../../../src/core/backends/openai/backend';
import type { OpenAiChoice } from '../../../../src/core/run/backend-choice';
import type { RunEvent } from '../../../../src/core/run/events';
import { fineTune } from '../../../../src/core/run/fine-tune';
import type { FineTuneRequest, FineTuneResult } from '../../../../src/core/run/requests';
import { temporaryFolder } from '../../../helpers/bundle';
import { flowersCsv } from '../../../helpers/tables';
import { descriptionOfOpenAi, OpenAiContract } from './contract';
import { ownDescription } from './description';
import { FakeOpenAi } from './fake-openai';
import type { FakeJob } from './fake-openai';

export const secret = 'sk-0123456789-secret';
export const rows = 40;
export const patience = 60_000;

const original = descriptionOfOpenAi();
const contracts = [ownDescription, ...(original ? [original] : [])].map((known) => new OpenAiContract(known));
const usualLimits = { stall: 10_000, answerLimit: 20_000 };

/** Runs on a service that is made anew for each test, with a table that has a column nobody may see. */
export class OpenAiRuns {
  folder = '';
  api!: FakeOpenAi;
  events: RunEvent[] = [];
  /** Milliseconds that a server may be silent, and its answers may take. */
  limits = usualLimits;
  private count = 0;

  async make(): Promise<void> {
    this.folder = await temporaryFolder();
    const [header, ...lines] = flowersCsv(rows).trimEnd().split('\n');
    const told = lines.map((line, index) => `${line},confidential-${index}`);
    await writeFile(this.table, [`${header},note`, ...told].join('\n'));
  }

  async begin(): Promise<void> {
    this.api = await FakeOpenAi.start();
    this.api.key = secret;
    this.events = [];
    this.limits = usualLimits;
  }

  /** Whatever a test is about: nothing is said that the descriptions of the API do not know. */
  async end(): Promise<void> {
    await this.api.close();
    const { exchanges } = this.api;
    expect(contracts.flatMap((contract) => exchanges.flatMap((exchange) => contract.problems(exchange)))).toEqual([]);
  }

  get table(): string {
    return join(this.folder, 'flowers.csv');
  }

  backend(choice: Partial<OpenAiChoice> = {}): ReturnType<typeof openAiBackend> {
    return openAiBackend(
      { kind: 'openai', address: `${this.api.address}/`, headers: { 'x-team': 'header-secret' }, ...choice },
      {
        key: secret,
        retries: { tries: 3, firstPause: 1, ...this.limits },
        pauses: { least: 1, most: 5 },
        patience: 30,
        modelPauses: [1, 1],
      },
    );
  }

  request(wish: Partial<FineTuneRequest> = {}): FineTuneRequest & { out: string } {
    return {
      dataset: this.table,
      target: 'size',
      model: 'base-1',
      set: ['features.note.include=false', 'training.epochs=2'],
      runsFolder: this.folder,
      baselines: false,
      backend: { kind: 'openai', address: this.api.address, headers: { 'x-team': 'header-secret' } },
      ...wish,
      out: join(this.folder, `run-${++this.count}`),
    };
  }

  run(wish: FineTuneRequest, signal?: AbortSignal, choice: Partial<OpenAiChoice> = {}): Promise<FineTuneResult> {
    return fineTune(wish, { emit: (event) => this.events.push(event), signal }, () => this.backend(choice));
  }

  /** What goes on with a run. */
  resumed(wish: { out: string }): FineTuneRequest {
    return { resume: wish.out, set: [], runsFolder: this.folder, baselines: false };
  }

  get notices(): string[] {
    return this.events.flatMap((event) => (event.event === 'notice' ? [event.message] : []));
  }
}

/** One for the tests of a file. */
export function openAiRuns(): OpenAiRuns {
  const runs = new OpenAiRuns();
  beforeAll(() => runs.make());
  beforeEach(() => runs.begin());
  afterEach(() => runs.end());
  return runs;
}

/** The steps of a training as OpenAI tells them: 4 steps of 2 epochs, the newest first. */
export function tellSteps(job: FakeJob): void {
  const event = (number: number, type: string, message: string, data: object): Record<string, unknown> => {
    const facts = { object: 'fine_tuning.job.event', id: `ftevent-${job.id}-${number}`, created_at: 1_790_000_000 };
    return { ...facts, level: 'info', type, message, data };
  };
  const steps = [1, 2, 3, 4].map((step) => {
    const data = { step, total_steps: 4, train_loss: 2 / step, valid_loss: 3 / step, full_valid_loss: 1 / step };
    return event(step, 'metrics', `Step ${step}/4: training loss=${2 / step}`, data);
  });
  job.events = [event(0, 'message', 'Fine-tuning job started', {}), ...steps].reverse();
}
