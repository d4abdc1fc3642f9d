const text = new TextEncoder();

/**
 * Writes Protocol Buffers wire format (https://protobuf.dev/programming-guides/encoding): only the field types that an
 * ONNX model needs. Bytes go into one growing buffer; a nested message is written by its own writer.
 */
export class ProtobufWriter {
  private buffer = new Uint8Array(64);
  private length = 0;

  /** What has been written so far; a view that the next write may invalidate. */
  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  /** An int32, int64 or enum field. Negative numbers take ten bytes, as the format asks. */
  int(field: number, value: number): this {
    this.varint(field << 3);
    this.varint(value);
    return this;
  }

  float(field: number, value: number): this {
    this.varint((field << 3) | 5);
    this.reserve(4);
    new DataView(this.buffer.buffer).setFloat32(this.length, value, true);
    this.length += 4;
    return this;
  }

  string(field: number, value: string): this {
    return this.chunk(field, text.encode(value));
  }

  message(field: number, message: ProtobufWriter): this {
    return this.chunk(field, message.bytes());
  }

  /** A bytes, string or message field. */
  chunk(field: number, bytes: Uint8Array): this {
    this.varint((field << 3) | 2);
    this.varint(bytes.length);
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  private varint(value: number): void {
    this.reserve(10);
    let rest = value;
    if (rest < 0) {
      // Two's complement in 64 bits: beyond what a number holds, and rare (an axis of −1).
      let wide = BigInt.asUintN(64, BigInt(value));
      for (; wide > 127n; wide >>= 7n) this.buffer[this.length++] = Number(wide & 127n) | 128;
      rest = Number(wide);
    }
    for (; rest > 127; rest = Math.floor(rest / 128)) this.buffer[this.length++] = (rest % 128) | 128;
    this.buffer[this.length++] = rest;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(this.buffer.length * 2, this.length + bytes));
    grown.set(this.bytes());
    this.buffer = grown;
  }
}
