import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { mergeAdapter } from '../../../src/core/model/adapter/merge-adapter';
import { openModelFolder } from '../../../src/core/model/open-model-folder';
import { writeAdapter } from '../../../src/core/model/adapter/write-adapter';
import { writeModelFolder } from '../../../src/core/model/write-model-folder';
import truth from './fixtures/architectures.json';
import { randomAdapter } from './random-adapter';
import { temporaryFolders } from './temporary-folder';
import { writeTinyModel } from './tiny-model';

const python = process.env.LIFT_PYTHON;
const tokens = '1,17,5,30,9';

interface Computed {
  logits: number[][];
  modules: string[];
  parameters: number;
}

/** One process for all models: importing PyTorch takes seconds. */
async function compute(cases: readonly (readonly string[])[]): Promise<Computed[]> {
  const script = join(import.meta.dirname, '..', '..', 'truth', 'check_adapter.py');
  const { stdout } = await promisify(execFile)(python!, [script, ...cases.flat()], { maxBuffer: 1 << 28 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Computed);
}

function largestDifference(a: Computed, b: Computed): number {
  const other = b.logits.flat();
  return Math.max(...a.logits.flat().map((value, index) => Math.abs(value - other[index]!)));
}

// Python with PyTorch, transformers and peft is not part of the project; its tests name the interpreter in LIFT_PYTHON.
describe.skipIf(python === undefined)(
  'adapters in Python peft (skipped where LIFT_PYTHON names no interpreter)',
  () => {
    const newFolder = temporaryFolders();
    const results = new Map<string, { base: Computed; adapted: Computed; merged: Computed; expected: string[] }>();

    beforeAll(async () => {
      const cases: string[][] = [];
      const expected: string[][] = [];
      for (const { config } of Object.values(truth)) {
        const [base, adapter, merged] = [await newFolder(), await newFolder(), await newFolder()];
        await writeTinyModel(base, config);
        const model = await openModelFolder(base);
        // All layers of some models, the last layer of the others.
        const made = randomAdapter(model.config, cases.length % 2 === 0 ? {} : { layers: [1] });
        await writeAdapter(adapter, made);
        await writeModelFolder(merged, model, await mergeAdapter(model, made));
        cases.push([base, '-', tokens], [base, adapter, tokens], [merged, '-', tokens]);
        expected.push([...made.tensors.keys()].filter((name) => name.endsWith('A')).map((name) => name.slice(0, -7)));
      }
      const computed = await compute(cases);
      Object.keys(truth).forEach((name, index) => {
        const [base, adapted, merged] = computed.slice(3 * index, 3 * index + 3) as [Computed, Computed, Computed];
        results.set(name, { base, adapted, merged, expected: expected[index]! });
      });
    }, 300_000);

    it.each(Object.keys(truth))('adapt the very modules of %s', (name) => {
      const { adapted, expected } = results.get(name)!;
      expect(adapted.modules.sort()).toEqual(expected.sort());
    });

    it.each(Object.keys(truth))('give %s the logits of the merged model', (name) => {
      const { base, adapted, merged } = results.get(name)!;
      expect(largestDifference(base, adapted)).toBeGreaterThan(1e-3);
      expect(largestDifference(adapted, merged)).toBeLessThan(1e-5);
      expect(base.parameters).toBe(merged.parameters);
    });
  },
);
