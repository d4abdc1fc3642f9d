import { floats } from '../graph/constants';
import { apply } from '../graph/nodes';
import { cast } from '../graph/ops/cast';
import { multiply } from '../graph/ops/multiply';
import { rangeOver } from '../graph/ops/range';
import { reshape } from '../graph/ops/reshape';
import type { Rotation } from '../graph/ops/rotary';
import type { Tensor } from '../graph/tensor';
import type { ModelConfig } from '../model/config/model-config';
import { inverseFrequencies } from '../model/config/rope';

/** The rotation of each token by its position [a, b]: angle = position · frequency, for each pair of values of a head. */
export function rotationOf(positions: Tensor, config: ModelConfig): Rotation | undefined {
  if (!config.rope) return undefined;
  const frequencies = inverseFrequencies(config.rope);
  const column = reshape(cast(positions, 'float32'), ['tokens', 1]);
  const angles = multiply(column, floats(frequencies, [1, frequencies.length]));
  return {
    cosines: apply({ type: 'Cos', inputs: [angles] }, angles.shape),
    sines: apply({ type: 'Sin', inputs: [angles] }, angles.shape),
    rows: cast(reshape(rangeOver(angles, 0), positions.shape, positions), 'int64'),
    pairing: config.rope.pairing,
  };
}
