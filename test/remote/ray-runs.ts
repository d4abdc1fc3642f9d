import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { bundleCli, temporaryFolder } from '../helpers/bundle';
import { CliProcess, eventsOf } from '../helpers/cli-process';
import type { CliResult } from '../helpers/cli-process';
import { RayHead } from './ray-head';

/** A job imports PyTorch in three processes before it begins, on two cores. */
export const patience = 600_000;
const stories = join(process.env.LIFT_SHARED ?? join('..', 'shared'), 'models', 'stories260K');
const model = existsSync(stories) ? join(process.cwd(), stories) : 'embedded';

export const small = ['--no-baselines', '--set', 'training.maxRows=32', '--set', 'training.epochs=2'];
const adapter = ['--set', 'training.method=lora', '--set', 'training.learningRate=0.002', '--set', 'examples.rows=0'];
export const iris = ['fine-tune', 'iris.csv', '--target', 'species', '--model', model, ...small, ...adapter];

/** The command line in a folder with two tables, and a Ray cluster of this machine that it can send jobs to. */
export class RayRuns {
  private constructor(
    readonly folder: string,
    private readonly cli: string,
    readonly head: RayHead,
  ) {}

  static async start(python: string): Promise<RayRuns> {
    const folder = await temporaryFolder();
    for (const name of ['iris.csv', 'auto_mpg.csv']) await cp(join('media', 'samples', name), join(folder, name));
    return new RayRuns(folder, await bundleCli(join(folder, 'dist')), await RayHead.start(python));
  }

  close(): void {
    this.head.close();
  }

  lift(...args: string[]): CliProcess {
    return new CliProcess(this.cli, [...args, '--json'], this.folder);
  }

  onRay(address = this.head.address): string[] {
    return ['--backend', 'ray', '--address', address, '--no-install'];
  }

  /** What `run.json` says of how a run stands. */
  async stateOf(run: string): Promise<string> {
    const { state } = JSON.parse(await readFile(join(this.folder, run, 'run.json'), 'utf8')) as { state: string };
    return state;
  }

  /** The largest difference between the numbers of two predictions files, in the columns of this name, over the same rows. */
  async largestDifference(
    one: string,
    other: string,
    columns: RegExp,
    scale: (value: number) => number,
  ): Promise<number> {
    const [here, there] = [await this.rowsOf(one), await this.rowsOf(other)];
    const differences = [...here].flatMap(([row, cells]) =>
      Object.keys(cells)
        .filter((name) => columns.test(name))
        .map((name) => Math.abs(scale(Number(cells[name])) - scale(Number(there.get(row)![name])))),
    );
    expect(differences.length).toBeGreaterThan(50);
    return Math.max(...differences);
  }

  private async rowsOf(file: string): Promise<Map<string, Record<string, string>>> {
    const rows: Record<string, string>[] = parse(await readFile(join(this.folder, file), 'utf8'), { columns: true });
    return new Map(rows.map((row) => [row.row!, row]));
  }
}

export function losses(result: CliResult): number[] {
  return eventsOf(result).flatMap((event) =>
    event.event === 'epoch' ? [event.trainLoss as number, event.validationLoss as number] : [],
  );
}

export async function succeeded(process: CliProcess): Promise<CliResult> {
  const result = await process.ended;
  const last = eventsOf(result).at(-1);
  if (last?.event !== 'done') throw new Error(JSON.stringify(last) + result.err);
  return result;
}
