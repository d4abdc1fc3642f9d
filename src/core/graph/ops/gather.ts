import { scalar } from '../constants';
import { apply } from '../nodes';
import type { Tensor } from '../tensor';
import { expandLike } from './expand';
import { flattenRows, reshape } from './reshape';

/**
 * Rows of a table [rows, width] by number: indices of any shape give [...indices, width]. The gradient of the table adds
 * each row's gradient at its number; ScatterElements does so one after the other, so that repeated rows sum in a fixed
 * order (ScatterND would race).
 */
export function gatherRows(table: Tensor, indices: Tensor): Tensor {
  return apply(
    {
      type: 'Gather',
      inputs: [table, indices],
      attributes: { axis: 0 },
      derivative: ([dy]) => [addRows(expandLike(scalar(0), table), indices, flattenRows(dy!)), undefined],
    },
    [...indices.shape, table.shape[1]!],
    table.dtype,
  );
}

/** The table with each row of `rows` [n, width] added at its number. */
function addRows(table: Tensor, indices: Tensor, rows: Tensor): Tensor {
  const numbers = expandLike(reshape(indices, ['rows', 1]), rows);
  return apply(
    { type: 'ScatterElements', inputs: [table, numbers, rows], attributes: { axis: 0, reduction: 'add' } },
    table.shape,
  );
}

/** For each row i of x [n, width] its element number indices[i]: [n]. No derivative of its own. */
export function pick(x: Tensor, indices: Tensor): Tensor {
  const picked = apply(
    { type: 'GatherElements', inputs: [x, reshape(indices, [indices.shape[0]!, 1])], attributes: { axis: 1 } },
    [x.shape[0]!, 1],
  );
  return reshape(picked, [x.shape[0]!]);
}
