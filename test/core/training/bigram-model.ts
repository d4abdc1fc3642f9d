import type { AdapterTensor } from '../../../src/core/model/adapter/adapter';
import { layOutTargets, layOutTokens } from '../../../src/core/training/batches/batch-arrays';
import type { LossAndGradients, LossGraph } from '../../../src/core/training/loss/loss-graph';
import type { Batch } from '../../../src/core/training/batches/packing';
import type { TokenExample } from '../../../src/core/training/batches/token-example';

/** The smallest language model: a table of the next token's logits by the last token, with its gradient in closed form. */
export class BigramModel implements LossGraph {
  readonly parameters: ReadonlyMap<string, AdapterTensor>;
  runs = 0;

  constructor(
    private readonly vocabulary: number,
    parameters?: ReadonlyMap<string, AdapterTensor>,
  ) {
    const shape = [vocabulary, vocabulary];
    this.parameters = parameters ?? new Map([['table', { shape, data: new Float32Array(vocabulary * vocabulary) }]]);
  }

  gradients(batch: Batch, examples: readonly TokenExample[], weightScale: number): Promise<LossAndGradients> {
    this.runs++;
    const gradient = new Float32Array(this.vocabulary ** 2);
    const loss = this.run(batch, examples, weightScale, gradient);
    return Promise.resolve({ loss, gradients: new Map([['table', gradient]]) });
  }

  loss(batch: Batch, examples: readonly TokenExample[]): Promise<number> {
    return Promise.resolve(this.run(batch, examples, 1));
  }

  private run(batch: Batch, examples: readonly TokenExample[], weightScale: number, gradient?: Float32Array): number {
    const { inputIds } = layOutTokens(batch, examples);
    const { positions, targets, weights } = layOutTargets(batch, examples, weightScale);
    const table = this.parameters.get('table')!.data;
    let loss = 0;
    for (const [index, position] of positions.entries()) {
      const start = inputIds[position]! * this.vocabulary;
      const exponentials = Array.from(table.subarray(start, start + this.vocabulary), Math.exp);
      const sum = exponentials.reduce((total, value) => total + value, 0);
      const target = targets[index]!;
      loss -= weights[index]! * Math.log(exponentials[target]! / sum);
      if (gradient === undefined) continue;
      for (const [token, value] of exponentials.entries()) {
        gradient[start + token]! += weights[index]! * (value / sum - (token === target ? 1 : 0));
      }
    }
    return loss;
  }
}
