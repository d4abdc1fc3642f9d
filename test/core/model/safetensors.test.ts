import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { toBF16, toF16 } from '../../../src/core/model/safetensors/half-floats';
import { readSafetensorsHeader, readTensor } from '../../../src/core/model/safetensors/read-safetensors';
import { parseSafetensorsHeader, readHeaderLength } from '../../../src/core/model/safetensors/safetensors-header';
import { writeSafetensors, type TensorData } from '../../../src/core/model/safetensors/write-safetensors';
import { temporaryFolders } from './temporary-folder';

const newFolder = temporaryFolders();
const f32 = (shape: number[], ...values: number[]): TensorData => ({
  dtype: 'F32',
  shape,
  data: Float32Array.from(values),
});

function parse(header: unknown, dataBytes: number): ReturnType<typeof parseSafetensorsHeader> {
  const bytes = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  return parseSafetensorsHeader(bytes, 8 + bytes.length + dataBytes, 'w.safetensors');
}

describe('writing and reading safetensors', () => {
  it('gives back the values of every type, rounded as the type demands', async () => {
    const path = join(await newFolder(), 'w.safetensors');
    const values = Float32Array.of(0.1, -2, 3e-5, 1000.7, 0, -0);
    await writeSafetensors(
      path,
      new Map([
        ['half', { dtype: 'F16', shape: [3, 2], data: values }],
        ['brain', { dtype: 'BF16', shape: [6], data: toBF16(values) }],
        ['single', { dtype: 'F32', shape: [2, 3], data: values }],
        ['empty', { dtype: 'F32', shape: [0, 4], data: new Float32Array() }],
        ['scalar', f32([], 7)],
      ]),
    );
    const { tensors, bytes } = await readSafetensorsHeader(path);
    const read = async (name: string): Promise<number[]> => {
      const { dtype, ...tensor } = tensors.find((each) => each.name === name)!;
      return [...(await readTensor({ ...tensor, dtype: dtype as 'F32', file: path }))];
    };
    expect(bytes).toBe((await readFile(path)).length);
    expect(await read('single')).toEqual([...values]);
    expect(await read('scalar')).toEqual([7]);
    expect(await read('empty')).toEqual([]);
    expect(toF16(Float32Array.from(await read('half')))).toEqual(toF16(values));
    expect(toBF16(Float32Array.from(await read('brain')))).toEqual(toBF16(values));
  });

  it('aligns the header to eight bytes and every tensor to its elements', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), fc.constantFrom('F32', 'F16', 'BF16'), { maxKeys: 5 }),
        async (types) => {
          const path = join(await newFolder(), 'w.safetensors');
          const entries = Object.entries(types).filter(([name]) => name !== '__metadata__' && name !== '__proto__');
          const tensors = entries.map(([name, dtype], index) => {
            return [name, { dtype, shape: [index + 1], data: new Float32Array(index + 1).fill(index) }] as const;
          });
          await writeSafetensors(path, new Map(tensors));
          const header = await readSafetensorsHeader(path);
          expect(header.header.length % 8).toBe(0);
          expect(new Set(header.tensors.map(({ name }) => name))).toEqual(new Set(entries.map(([name]) => name)));
          for (const { offset, dtype } of header.tensors) expect(offset % (dtype === 'F32' ? 4 : 2)).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses values that do not fill the shape', async () => {
    const path = join(await newFolder(), 'w.safetensors');
    await expect(writeSafetensors(path, new Map([['w', f32([3], 1, 2)]]))).rejects.toThrow('2 values');
  });

  it('says that the folder is missing instead of a system error', async () => {
    const path = join(await newFolder(), 'absent', 'w.safetensors');
    await expect(writeSafetensors(path, new Map())).rejects.toMatchObject({ code: 'file-not-found' });
    await expect(readSafetensorsHeader(path)).rejects.toMatchObject({ code: 'file-not-found' });
  });
});

describe('a damaged safetensors file', () => {
  const good = {
    a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
    b: { dtype: 'U8', shape: [3], data_offsets: [8, 11] },
  };

  it('is accepted when nothing is wrong', () => {
    expect(parse(good, 11).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(parse({ ...good, __metadata__: { format: 'pt' } }, 11)).toHaveLength(2);
  });

  it.each([
    ['a truncated file', good, 10, /truncated.*"b" ends/],
    ['bytes after the last tensor', good, 12, /1 bytes follow/],
    ['overlapping tensors', { ...good, b: { dtype: 'U8', shape: [3], data_offsets: [7, 10] } }, 10, /"b" overlap/],
    ['a gap', { ...good, b: { dtype: 'U8', shape: [3], data_offsets: [9, 12] } }, 12, /unused bytes before "b"/],
    ['an offset outside', { ...good, b: { dtype: 'U8', shape: [3], data_offsets: [800, 803] } }, 11, /truncated/],
    ['offsets in the wrong order', { a: { dtype: 'F32', shape: [2], data_offsets: [8, 0] } }, 8, /byte range/],
    ['a negative offset', { a: { dtype: 'F32', shape: [2], data_offsets: [-8, 0] } }, 8, /byte range/],
    ['a shape that is too large for its bytes', { a: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } }, 8, /\[3\]/],
    ['a shape of fractions', { a: { dtype: 'F32', shape: [0.5], data_offsets: [0, 2] } }, 2, /impossible shape/],
    ['an unknown element type', { a: { dtype: 'Q4', shape: [2], data_offsets: [0, 8] } }, 8, /element type "Q4"/],
    ['a type named as a property of objects', { a: { dtype: 'toString', shape: [], data_offsets: [0, 0] } }, 0, /type/],
    ['an entry that is a list', { a: [] }, 0, /entry of "a"/],
    ['a list for a header', [], 0, /not a JSON object/],
    ['a header that is not JSON', '{"a":', 0, /not JSON/],
  ])('is refused with a reason: %s', (_, header, dataBytes, message) => {
    expect(() => parse(header, dataBytes)).toThrow(message);
  });

  it('is refused when the header length is impossible', () => {
    const length = (value: bigint): Uint8Array => new Uint8Array(BigUint64Array.of(value).buffer);
    expect(() => readHeaderLength(new Uint8Array(3), 3, 'w')).toThrow(/truncated: 3 bytes/);
    expect(() => readHeaderLength(length(100n), 50, 'w')).toThrow(/truncated: the header needs 108/);
    expect(() => readHeaderLength(length(1n << 60n), 50, 'w')).toThrow(/at most 100000000/);
    expect(readHeaderLength(length(42n), 50, 'w')).toBe(42);
  });

  it('never gives anything but tensors inside the file or one kind of error', async () => {
    const path = join(await newFolder(), 'w.safetensors');
    await writeSafetensors(
      path,
      new Map([
        ['a', f32([2, 2], 1, 2, 3, 4)],
        ['b', f32([1], 5)],
      ]),
    );
    const original = await readFile(path);
    const damage = fc.record({
      length: fc.nat(original.length),
      changes: fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ length, changes }) => {
        const bytes = Buffer.from(original.subarray(0, length === 0 ? original.length : length));
        for (const [position, value] of changes) if (position < bytes.length) bytes[position] = value;
        await writeFile(path, bytes);
        try {
          const { tensors } = await readSafetensorsHeader(path);
          for (const tensor of tensors) expect(tensor.offset + tensor.bytes).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(LiftError.is(error, 'model-invalid')).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
