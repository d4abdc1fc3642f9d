import type { Random } from '../foundation/random';
import type { SmallNetwork } from './small-network';

const batch = 32;
const learningRate = 0.01;
const momentum = 0.9;
const squareMomentum = 0.999;

/** What a network learns from: as many numbers a row as it has inputs, and what each output should be (0 and 1 for classes). */
export interface NetworkRows {
  readonly rows: readonly Float64Array[];
  readonly targets: readonly Float64Array[];
}

/** Trains a network with Adam on random batches of 32 rows, a step at a time, so that whoever trains it can pause. */
export class NetworkTraining {
  private readonly gradient: Float64Array;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private steps = 0;

  constructor(
    private readonly network: SmallNetwork,
    private readonly learnt: NetworkRows,
    private readonly random: Random,
  ) {
    [this.gradient, this.first, this.second] = [0, 1, 2].map(() => new Float64Array(network.weights.length)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
  }

  step(): void {
    const { network, learnt, random, gradient, first, second } = this;
    this.steps++;
    gradient.fill(0);
    for (let taken = 0; taken < batch; taken++) {
      const row = random.below(learnt.rows.length);
      network.backward(learnt.rows[row]!, learnt.targets[row]!, gradient);
    }
    const rate = (learningRate * Math.sqrt(1 - squareMomentum ** this.steps)) / (1 - momentum ** this.steps);
    for (let index = 0; index < gradient.length; index++) {
      const slope = gradient[index]! / batch;
      first[index] = momentum * first[index]! + (1 - momentum) * slope;
      second[index] = squareMomentum * second[index]! + (1 - squareMomentum) * slope * slope;
      network.weights[index]! -= (rate * first[index]!) / (Math.sqrt(second[index]!) + 1e-8);
    }
  }

  /** Steps in which as many rows are seen as there are. */
  get stepsOfEpoch(): number {
    return Math.ceil(this.learnt.rows.length / batch);
  }
}
