const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);

/** IEEE 754 half precision to single: exact. `bits` are the 16-bit patterns. */
export function fromF16(bits: Uint16Array): Float32Array {
  const values = new Float32Array(bits.length);
  const words = new Uint32Array(values.buffer);
  for (let index = 0; index < bits.length; index++) {
    const half = bits[index]!;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) {
      // Zero and subnormal numbers: multiples of 2^-24, all of them exact in single precision.
      values[index] = fraction * 2 ** -24;
      words[index]! |= sign;
    } else {
      const widened = exponent === 0x1f ? 0xff : exponent + 112;
      words[index] = sign | (widened << 23) | (fraction << 13);
    }
  }
  return values;
}

/** bfloat16 to single: exact, the pattern is the upper half of the number. */
export function fromBF16(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let index = 0; index < bits.length; index++) words[index] = bits[index]! << 16;
  return new Float32Array(words.buffer);
}

/** Single to half precision, rounded to the nearest, ties to even; beyond 65,504 it becomes infinity. */
export function toF16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, halfBits);
}

function halfBits(value: number): number {
  scratch[0] = value;
  const word = scratchBits[0]!;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x47800000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Below the smallest normal half: adding 0.5 moves the wanted bits to the end of the number, rounded by the machine.
    scratch[0] = Math.abs(value) + 0.5;
    return sign | (scratchBits[0]! - 0x3f000000);
  }
  const roundedToEven = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((roundedToEven - 0x38000000) >>> 13);
}

/** Single precision to bfloat16, rounded to the nearest, ties to even. */
export function toBF16(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(words, (word) => {
    if ((word & 0x7fffffff) > 0x7f800000) return (word >>> 16) | 0x0040;
    return (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
  });
}
