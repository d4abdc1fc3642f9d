import { initializer, input } from '../src/core/graph/nodes';
import { writeOnnxModel } from '../src/core/graph/onnx-model';
import { matmul } from '../src/core/graph/ops/matmul';
import { GraphSession } from '../src/core/graph/session';
import type { Tensor } from '../src/core/graph/tensor';

const [rows, inner, columns, pairs] = [512, 1024, 4096, 3];

/** The float32 matrix product of the runtime at a size that suits it: what no training step can exceed. */
export class MatMulPeak {
  private constructor(private readonly session: GraphSession) {}

  static async open(threads: number): Promise<MatMulPeak> {
    let y = input('x', 'float32', [rows, inner]);
    for (let pair = 0; pair < pairs; pair++) y = matmul(matmul(y, weight(inner, columns)), weight(columns, inner));
    return new MatMulPeak(await GraphSession.open(writeOnnxModel({ y }), { threads }));
  }

  /** GFLOP/s of one run, about a tenth of a second. */
  async measure(): Promise<number> {
    const feeds = { x: { data: new Float32Array(rows * inner).fill(0.01), dims: [rows, inner] } };
    const start = performance.now();
    await this.session.run(feeds);
    return (4 * rows * inner * columns * pairs) / (performance.now() - start) / 1e6;
  }
}

function weight(from: number, to: number): Tensor {
  const values = new Float32Array(from * to).fill(1 / from);
  return initializer({ kind: 'inline', bytes: new Uint8Array(values.buffer) }, 'float32', [from, to]);
}
