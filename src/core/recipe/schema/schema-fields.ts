import * as v from 'valibot';

/** A field that may be left out: its schema, what it is then, and what it means (editors show it). */
export function field<const S extends v.GenericSchema, const D extends v.InferInput<S>>(
  schema: S,
  fallback: D,
  description: string,
): v.SchemaWithPipe<readonly [v.OptionalSchema<S, D>, v.DescriptionAction<v.InferOutput<S>, string>]> {
  return v.pipe(v.optional(schema, fallback), v.description(description));
}

/** Text that is not empty. */
export const someText = v.pipe(v.string(), v.nonEmpty());

/** A whole number from `least` to `most`. */
export function wholeNumber(
  least: number,
  most: number,
): v.SchemaWithPipe<
  readonly [
    v.NumberSchema<undefined>,
    v.IntegerAction<number, undefined>,
    v.MinValueAction<number, number, undefined>,
    v.MaxValueAction<number, number, undefined>,
  ]
> {
  return v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
}

/** A share of something that must be neither nothing nor all of it. */
export const properShare = v.pipe(v.number(), v.gtValue(0), v.ltValue(1));

/** Seeds are unsigned 32-bit numbers. */
export const seed = wholeNumber(0, 2 ** 32 - 1);
