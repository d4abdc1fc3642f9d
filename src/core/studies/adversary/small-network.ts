import type { Random } from '../../foundation/random';

const hidden = 32;
const batch = 32;
const learningRate = 0.01;
const momentum = 0.9;
const squareMomentum = 0.999;

/**
 * A network of one hidden layer (32 tanh units) for classes (`outputs` of them, softmax) or one number: as large as it takes
 * to be attacked, as the paper attacks a small network and tries what it finds on LIFT.
 */
export class SmallNetwork {
  /** Weights of both layers one after the other: hidden × (inputs + 1), then outputs × (hidden + 1), the bias last. */
  private readonly weights: Float64Array;
  private readonly outputsFrom: number;

  constructor(
    private readonly inputs: number,
    private readonly outputs: number,
    private readonly isClassifier: boolean,
    random: Random,
  ) {
    this.outputsFrom = hidden * (inputs + 1);
    this.weights = new Float64Array(this.outputsFrom + outputs * (hidden + 1));
    for (let index = 0; index < this.weights.length; index++) {
      const fan = index < this.outputsFrom ? inputs : hidden;
      this.weights[index] = random.normal() / Math.sqrt(fan);
    }
  }

  /**
   * Trains with Adam on random batches.
   * @param rows as many numbers each as the network has inputs
   * @param targets what each output should be: 0 and 1 for classes
   * @param breathe is awaited now and then
   */
  async train(
    rows: readonly Float64Array[],
    targets: readonly Float64Array[],
    steps: number,
    random: Random,
    breathe: () => Promise<void>,
  ): Promise<void> {
    const gradient = new Float64Array(this.weights.length);
    const first = new Float64Array(this.weights.length);
    const second = new Float64Array(this.weights.length);
    for (let step = 1; step <= steps; step++) {
      gradient.fill(0);
      for (let taken = 0; taken < batch; taken++) {
        const row = random.below(rows.length);
        this.backward(rows[row]!, targets[row]!, gradient);
      }
      const rate = (learningRate * Math.sqrt(1 - squareMomentum ** step)) / (1 - momentum ** step);
      for (let index = 0; index < gradient.length; index++) {
        const slope = gradient[index]! / batch;
        first[index] = momentum * first[index]! + (1 - momentum) * slope;
        second[index] = squareMomentum * second[index]! + (1 - squareMomentum) * slope * slope;
        this.weights[index]! -= (rate * first[index]!) / (Math.sqrt(second[index]!) + 1e-8);
      }
      await breathe();
    }
  }

  /** The probability of each class, or the number. */
  predict(row: Float64Array): Float64Array {
    return this.outputOf(this.hiddenOf(row));
  }

  /** How the loss of a row changes with each of its inputs. */
  slopes(row: Float64Array, target: Float64Array): Float64Array {
    return this.backward(row, target, undefined);
  }

  private hiddenOf(row: Float64Array): Float64Array {
    const units = new Float64Array(hidden);
    for (let unit = 0; unit < hidden; unit++) {
      const at = unit * (this.inputs + 1);
      let sum = this.weights[at + this.inputs]!;
      for (let input = 0; input < this.inputs; input++) sum += this.weights[at + input]! * row[input]!;
      units[unit] = Math.tanh(sum);
    }
    return units;
  }

  private outputOf(units: Float64Array): Float64Array {
    const values = new Float64Array(this.outputs);
    for (let output = 0; output < this.outputs; output++) {
      const at = this.outputsFrom + output * (hidden + 1);
      let sum = this.weights[at + hidden]!;
      for (let unit = 0; unit < hidden; unit++) sum += this.weights[at + unit]! * units[unit]!;
      values[output] = sum;
    }
    if (!this.isClassifier) return values;
    const greatest = Math.max(...values);
    const shares = values.map((value) => Math.exp(value - greatest));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => share / total);
  }

  /** Adds the slopes of the weights to `gradient`, when there is one, and gives those of the inputs. */
  private backward(row: Float64Array, target: Float64Array, gradient: Float64Array | undefined): Float64Array {
    const units = this.hiddenOf(row);
    // Of cross-entropy after softmax and of half the squared error alike.
    const errors = this.outputOf(units).map((value, output) => value - target[output]!);
    const inputSlopes = new Float64Array(this.inputs);
    for (let unit = 0; unit < hidden; unit++) {
      let slope = 0;
      for (let output = 0; output < this.outputs; output++) {
        const at = this.outputsFrom + output * (hidden + 1) + unit;
        slope += errors[output]! * this.weights[at]!;
        if (gradient) gradient[at]! += errors[output]! * units[unit]!;
      }
      slope *= 1 - units[unit]! ** 2;
      const at = unit * (this.inputs + 1);
      for (let input = 0; input < this.inputs; input++) {
        inputSlopes[input]! += slope * this.weights[at + input]!;
        if (gradient) gradient[at + input]! += slope * row[input]!;
      }
      if (gradient) gradient[at + this.inputs]! += slope;
    }
    if (gradient) {
      errors.forEach((error, output) => {
        gradient[this.outputsFrom + output * (hidden + 1) + hidden]! += error;
      });
    }
    return inputSlopes;
  }
}
