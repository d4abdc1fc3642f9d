import * as v from 'valibot';

const Path = v.pipe(v.string(), v.nonEmpty());
const Whole = v.pipe(v.number(), v.integer());

export const ImageSize = v.strictObject({
  width: v.pipe(Whole, v.minValue(1)),
  height: v.pipe(Whole, v.minValue(1)),
});
export type ImageSize = v.InferOutput<typeof ImageSize>;

/** Which images become a table, and how. Paths are absolute. */
export const ImagesRequest = v.strictObject({
  /** A folder of pictures, an IDX file, or a table of pixels. */
  source: Path,
  /** The labels of an IDX file; what lies beside it under the usual name when left out. */
  labels: v.optional(Path),
  /** The column of the labels in a table of pixels; its only other column when left out. */
  labelColumn: v.optional(v.string()),
  /** The CSV to write. */
  out: Path,
  /** Pixels to take off each side first; for 28 × 28 without a size, 5 as in the LIFT paper, else 0. */
  crop: v.optional(v.pipe(Whole, v.minValue(0))),
  /** What the images are brought to; what is left after cropping, but no more than 18 × 18, when left out. */
  size: v.optional(ImageSize),
  /** Shades of grey. */
  levels: v.pipe(Whole, v.minValue(2), v.maxValue(256)),
  /** At most this many images, drawn at random; all when left out. */
  rows: v.optional(v.pipe(Whole, v.minValue(1))),
  seed: v.pipe(Whole, v.minValue(0)),
});
export type ImagesRequest = v.InferOutput<typeof ImagesRequest>;

export const ImagesResult = v.object({
  out: v.string(),
  rows: v.number(),
  width: v.number(),
  height: v.number(),
  /** In the order of the images; empty without labels. */
  labels: v.array(v.string()),
});
export type ImagesResult = v.InferOutput<typeof ImagesResult>;
