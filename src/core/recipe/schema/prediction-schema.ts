import * as v from 'valibot';
import { field, properShare, wholeNumber } from './schema-fields';

export const predictionSchema = v.object({
  mode: field(
    v.picklist(['score', 'paper']),
    'score',
    '"score": the probability of every possible answer. "paper": text is generated and read, with retries and fallbacks as in the LIFT paper.',
  ),
  temperatureScaling: field(
    v.boolean(),
    true,
    'Correct how sure predictions are by one number, fitted on the validation rows.',
  ),
  confidence: field(
    properShare,
    0.9,
    'Share of the true answers that the intervals and sets of answers are meant to hold.',
  ),
  regression: field(
    v.picklist(['mean', 'median', 'greedy']),
    'median',
    'Which number of the predicted distribution is the prediction: the median is off by the least on average.',
  ),
  neighbours: field(
    v.boolean(),
    false,
    'Average the answers of the model with those of the training rows most like the row at hand (kNN-LM). How much each counts is fitted on the validation rows.',
  ),
  permutations: field(wholeNumber(1, 1000), 1, 'Average predictions over this many orders of the columns.'),
});
