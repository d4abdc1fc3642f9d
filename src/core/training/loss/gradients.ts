/** Σ of squares, in four partial sums so that additions do not wait for each other. Not finite when any element is not. */
function sumOfSquares(values: Float32Array): number {
  const whole = values.length - (values.length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += 4) {
    a += values[i]! * values[i]!;
    b += values[i + 1]! * values[i + 1]!;
    c += values[i + 2]! * values[i + 2]!;
    d += values[i + 3]! * values[i + 3]!;
  }
  for (let i = whole; i < values.length; i++) a += values[i]! * values[i]!;
  return a + b + c + d;
}

/** Gradients by the name of their parameter, always in the order of the graph, so that sums over them are reproducible. */
export type Gradients = ReadonlyMap<string, Float32Array>;

/** The Euclidean norm of all gradients taken as one vector. */
export function globalNorm(gradients: Gradients): number {
  let sum = 0;
  for (const gradient of gradients.values()) sum += sumOfSquares(gradient);
  return Math.sqrt(sum);
}

/**
 * The factor that brings a gradient of this norm down to at most `limit`, as torch.nn.utils.clip_grad_norm_; 1 when it is
 * within, or when `limit` is 0 (no clipping).
 */
export function clipFactor(norm: number, limit: number): number {
  return limit > 0 ? Math.min(1, limit / (norm + 1e-6)) : 1;
}

/** Adds `more` to `sums`, in place. */
export function addGradients(sums: Gradients, more: Gradients): void {
  for (const [name, sum] of sums) {
    const addend = more.get(name)!;
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + addend[i]!;
  }
}
