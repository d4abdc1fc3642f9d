import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LiftError } from '../../../src/core/foundation/lift-error';
import { scalar } from '../../../src/core/graph/constants';
import { gradients } from '../../../src/core/graph/gradients';
import { initializer, input } from '../../../src/core/graph/nodes';
import { writeOnnxModel } from '../../../src/core/graph/onnx-model';
import { add } from '../../../src/core/graph/ops/add';
import { cast } from '../../../src/core/graph/ops/cast';
import { exp } from '../../../src/core/graph/ops/exp';
import { multiply } from '../../../src/core/graph/ops/multiply';
import { ProtobufWriter } from '../../../src/core/graph/protobuf-writer';
import { GraphSession } from '../../../src/core/graph/session';
import type { Tensor } from '../../../src/core/graph/tensor';
import { numbers } from './numbers';

function weight(file: string, offset: number, count: number, dtype: 'float32' | 'bfloat16' = 'float32'): Tensor {
  const bytes = count * (dtype === 'float32' ? 4 : 2);
  return initializer({ kind: 'external', file, offset, bytes }, dtype, [count]);
}

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('writeOnnxModel', () => {
  it('writes equal operations and equal constants once', () => {
    const x = input('x', 'float32', [2]);
    const once = writeOnnxModel({ y: multiply(exp(add(x, scalar(1))), exp(add(x, scalar(1)))) });
    const e = exp(add(x, scalar(1)));
    expect(once.bytes).toEqual(writeOnnxModel({ y: multiply(e, e) }).bytes);
  });

  it('lists only the inputs that the outputs need', () => {
    const [x, y] = [input('x', 'float32', [2]), input('y', 'float32', [2])];
    expect(writeOnnxModel({ sum: add(x, scalar(1)) }).inputs).toEqual([{ name: 'x', dtype: 'float32', shape: [2] }]);
    expect(writeOnnxModel({ sum: add(x, y) }).inputs).toHaveLength(2);
  });

  it('points into weight files instead of copying them, also at half precision', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lift-graph-'));
    const file = join(folder, 'weights.bin');
    // 9 bytes of something else, then 2.5 and −1 as float32, then the same as bfloat16: the offsets are not aligned.
    const values = new Uint8Array(Float32Array.of(2.5, -1).buffer);
    const half = [values[2]!, values[3]!, values[6]!, values[7]!];
    await writeFile(file, Uint8Array.from([...new Uint8Array(9), ...values, ...half]));
    const x = input('x', 'float32', [2]);
    const model = writeOnnxModel({
      full: multiply(x, weight(file, 9, 2)),
      half: multiply(x, cast(weight(file, 17, 2, 'bfloat16'), 'float32')),
    });
    expect(model.dataFolder).toBe(folder);
    const session = await GraphSession.open(model, { threads: 1 });
    const outputs = await session.run({ x: { data: Float32Array.of(2, 3), dims: [2] } });
    await session.close();
    expect(numbers(outputs.full!)).toEqual([5, -3]);
    expect(numbers(outputs.half!)).toEqual([5, -3]);
  });

  it('refuses weights in several folders', () => {
    const sum = add(weight('/models/a/one.safetensors', 0, 2), weight('/models/b/two.safetensors', 0, 2));
    expect(
      LiftError.is(
        thrown(() => writeOnnxModel({ sum })),
        'model-invalid',
      ),
    ).toBe(true);
  });
});

describe('gradients', () => {
  it('refuses a loss that does not depend on a trainable', () => {
    const [x, y] = [input('x', 'float32', []), input('y', 'float32', [])];
    const error = thrown(() => gradients(exp(x), [x, y], scalar(1)));
    expect(error).toBeInstanceOf(LiftError);
    expect((error as LiftError).message).toContain('the input y');
  });

  it('adds what arrives over several ways', async () => {
    const x = input('x', 'float32', []);
    const [dx] = gradients(multiply(x, add(x, exp(x))), [x], scalar(1));
    const session = await GraphSession.open(writeOnnxModel({ dx: dx! }), { threads: 1 });
    const outputs = await session.run({ x: { data: Float32Array.of(2), dims: [] } });
    await session.close();
    expect(outputs.dx!.data[0]).toBeCloseTo(4 + 3 * Math.exp(2), 4);
  });
});

describe('GraphSession', () => {
  it('says which input was not fed', async () => {
    const session = await GraphSession.open(writeOnnxModel({ y: exp(input('x', 'float32', [2])) }), { threads: 1 });
    await expect(session.run({})).rejects.toThrow('without its input "x"');
    await session.close();
  });

  it('reports what the runtime refuses as an error of ours', async () => {
    const session = await GraphSession.open(writeOnnxModel({ y: exp(input('x', 'float32', [2])) }), { threads: 1 });
    const wrong = session.run({ x: { data: Float32Array.of(1, 2, 3), dims: [3] } });
    await expect(wrong).rejects.toBeInstanceOf(LiftError);
    await session.close();
    const broken = { bytes: Uint8Array.of(1, 2, 3), dataFolder: undefined, inputs: [], outputs: [] };
    await expect(GraphSession.open(broken)).rejects.toBeInstanceOf(LiftError);
  });
});

describe('ProtobufWriter', () => {
  it('writes the examples of the format', () => {
    // https://protobuf.dev/programming-guides/encoding: field 1 = 150, field 2 = "testing".
    const message = new ProtobufWriter().int(1, 150);
    expect(Array.from(message.bytes())).toEqual([0x08, 0x96, 0x01]);
    const text = new ProtobufWriter().string(2, 'testing');
    expect(Buffer.from(text.bytes()).toString('hex')).toBe('120774657374696e67');
    expect(Array.from(new ProtobufWriter().int(1, -2).bytes())).toEqual([8, 0xfe, ...Array<number>(8).fill(0xff), 1]);
    expect(Array.from(new ProtobufWriter().message(3, message).float(4, 1).bytes())).toEqual([
      0x1a, 3, 0x08, 0x96, 0x01, 0x25, 0, 0, 0x80, 0x3f,
    ]);
  });

  it('grows without losing bytes', () => {
    const chunk = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);
    const writer = new ProtobufWriter();
    for (let round = 0; round < 20; round++) writer.chunk(1, chunk);
    expect(writer.bytes().length).toBe(20 * 1003);
    expect(writer.bytes().subarray(-1000)).toEqual(chunk);
  });
});
