import * as v from 'valibot';
import type { Phrase, Said } from './phrase';

const Phrase: v.GenericSchema<Phrase> = v.object({
  text: v.string(),
  values: v.array(v.union([v.string(), v.number(), v.object({ amount: v.number() }), v.lazy(() => Phrase)])),
});

/** What people are told, as it crosses between processes and lies in files. */
export const SaidSchema: v.GenericSchema<Said> = v.union([v.string(), Phrase]);

/** Message and hint of an error, beside their English. */
export const SaidOfError = v.object({ message: SaidSchema, hint: SaidSchema });
