import type { PredictionsModel } from '../../src/extension/predictions/predictions-model';
import type { RowQuery, RowRange } from '../../src/shared/predictions-view';
import type { Answer } from './page-harness';

/** Answers as the extension host does, from a real model of rows. */
export function hostOf(model: PredictionsModel): Answer {
  return async (method, params) => {
    switch (method) {
      case 'ready':
        return model.state();
      case 'query':
        return model.query(params as RowQuery);
      case 'rows':
        return model.range(params as RowRange);
      case 'inspect':
        return model.inspect((params as { row: number }).row);
      case 'place': {
        const { view, row } = params as { view: number; row: number };
        return model.placeOf(view, row);
      }
      default:
        return undefined;
    }
  };
}
