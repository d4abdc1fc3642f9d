/** The bytes of an IDX file: MNIST's format. */
export function idxBytes(shape: readonly number[], values: readonly number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head.set([0, 0, 8, shape.length]);
  shape.forEach((length, index) => head.writeUInt32BE(length, 4 + 4 * index));
  return Buffer.concat([head, Buffer.from(values)]);
}
