import * as v from 'valibot';
import type { RowQuery, RowRange, SortKey } from '../../shared/predictions-view';

/** What a page may ask for: a page is untrusted input. */

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Sort = v.object({
  by: v.custom<SortKey>(
    (value) =>
      typeof value === 'string' && /^(row|truth|prediction|confidence|interval|error|part|column:\d+)$/u.test(value),
  ),
  descending: v.boolean(),
});

export const Query: v.GenericSchema<unknown, RowQuery> = v.object({
  scope: v.picklist(['all', 'predicted', 'train', 'validation', 'test', 'unlabelled', 'new']),
  filter: v.picklist(['all', 'wrong', 'unsure', 'fallback']),
  pair: v.optional(v.object({ truth: v.string(), prediction: v.string() })),
  search: v.string(),
  sort: Sort,
});

/** No page has room for more rows or columns at once. */
const most = 1000;

export const Range: v.GenericSchema<unknown, RowRange> = v.object({
  view: Count,
  from: Count,
  count: v.pipe(Count, v.maxValue(most)),
  columnFrom: Count,
  columnTo: Count,
});

export const Row = v.object({ row: Count });
