import * as v from 'valibot';

/** What of the hub's answers is read (https://huggingface.co/docs/huggingface_hub/guides/jobs). */
export const WhoAmI = v.object({ name: v.pipe(v.string(), v.nonEmpty()) });

export const Hardware = v.array(
  v.object({
    name: v.string(),
    prettyName: v.string(),
    unitCostUSD: v.number(),
    unitLabel: v.string(),
    accelerator: v.nullish(v.object({ model: v.string(), quantity: v.string(), vram: v.string() })),
  }),
);
export type Hardware = v.InferOutput<typeof Hardware>[number];

export const HfJob = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  status: v.object({ stage: v.string(), message: v.nullish(v.string()) }),
  labels: v.nullish(v.record(v.string(), v.string())),
});
export const HfJobs = v.array(HfJob);
