import type { Random } from '../foundation/random';

/** One layer of weights, each output with those of its inputs and the bias last. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights begin. */
  readonly from: number;
}

/**
 * A network of tanh layers for classes (softmax) or numbers. It learns in `NetworkTraining`: as large as it takes to draw the
 * boundaries of a synthetic table, to be attacked, or to be a teacher.
 */
export class SmallNetwork {
  readonly weights: Float64Array;
  private readonly layers: readonly Layer[];

  /** @param sizes units of each layer, the inputs first and the outputs (one a class) last */
  constructor(
    sizes: readonly number[],
    private readonly isClassifier: boolean,
    random: Random,
  ) {
    let from = 0;
    this.layers = sizes.slice(1).map((outputs, place) => {
      const layer = { inputs: sizes[place]!, outputs, from };
      from += outputs * (layer.inputs + 1);
      return layer;
    });
    this.weights = new Float64Array(from);
    for (const { inputs, outputs, from } of this.layers) {
      for (let index = from; index < from + outputs * (inputs + 1); index++) {
        this.weights[index] = random.normal() / Math.sqrt(inputs);
      }
    }
  }

  /** The probability of each class, or the numbers. */
  predict(row: Float64Array): Float64Array {
    return this.said(this.valuesOf(row).at(-1)!);
  }

  /** How the loss of a row (cross-entropy, or half the squared error) changes with each of its inputs. */
  slopes(row: Float64Array, target: Float64Array): Float64Array {
    return this.backward(row, target, undefined);
  }

  /**
   * Gives the slopes of the inputs, and adds those of the weights to `gradient` when there is one.
   * @param target what each output should be: 0 and 1 for classes
   */
  backward(row: Float64Array, target: Float64Array, gradient: Float64Array | undefined): Float64Array {
    const values = this.valuesOf(row);
    // Of cross-entropy after softmax and of half the squared error alike.
    let errors = this.said(values.at(-1)!).map((value, output) => value - target[output]!);
    for (let place = this.layers.length - 1; place >= 0; place--) {
      const { inputs, outputs, from } = this.layers[place]!;
      const below = values[place]!;
      const slopes = new Float64Array(inputs);
      for (let output = 0; output < outputs; output++) {
        const at = from + output * (inputs + 1);
        const error = errors[output]!;
        for (let input = 0; input < inputs; input++) {
          slopes[input]! += error * this.weights[at + input]!;
          if (gradient) gradient[at + input]! += error * below[input]!;
        }
        if (gradient) gradient[at + inputs]! += error;
      }
      errors = place === 0 ? slopes : slopes.map((slope, input) => slope * (1 - below[input]! ** 2));
    }
    return errors;
  }

  /** The values of every layer, the inputs first; those of the outputs before softmax. */
  private valuesOf(row: Float64Array): Float64Array[] {
    const values = [row];
    this.layers.forEach(({ inputs, outputs, from }, place) => {
      const below = values[place]!;
      const sums = new Float64Array(outputs);
      for (let output = 0; output < outputs; output++) {
        const at = from + output * (inputs + 1);
        let sum = this.weights[at + inputs]!;
        for (let input = 0; input < inputs; input++) sum += this.weights[at + input]! * below[input]!;
        sums[output] = place === this.layers.length - 1 ? sum : Math.tanh(sum);
      }
      values.push(sums);
    });
    return values;
  }

  private said(outputs: Float64Array): Float64Array {
    if (!this.isClassifier) return outputs;
    const greatest = Math.max(...outputs);
    const shares = outputs.map((value) => Math.exp(value - greatest));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => share / total);
  }
}
