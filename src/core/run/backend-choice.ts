import * as v from 'valibot';

const Text = v.pipe(v.string(), v.nonEmpty());

/** The local engine. */
const LocalChoice = v.strictObject({ kind: v.literal('local') });

/** A Ray cluster. Its token is no part of the choice: it comes from LIFT_RAY_TOKEN and is never written anywhere. */
const RayChoice = v.strictObject({
  kind: v.literal('ray'),
  /** Of the dashboard, which serves the Jobs API: `http://127.0.0.1:8265`. */
  address: Text,
  /** A PEM file with the certificates to trust beside the usual ones. */
  caFile: v.optional(Text),
  /** Sent with every request; kept out of the run folder, as they may hold secrets. */
  headers: v.optional(v.record(v.string(), v.string())),
  /** How many workers train side by side; one a GPU, or one, when left out. */
  workers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Where the cluster keeps checkpoints and results that are too large for the job's log: a path or URI of its own. */
  storage: v.optional(Text),
  /** Whether the job installs the Python packages that it needs (the default), or the cluster has them. */
  install: v.optional(v.boolean()),
});

/**
 * An OpenAI-compatible fine-tuning API. Its key is no part of the choice: it comes from the environment and is never written
 * anywhere.
 */
const OpenAiChoice = v.strictObject({
  kind: v.literal('openai'),
  /** What stands before `/files` and `/fine_tuning/jobs`: `https://api.openai.com/v1`. */
  address: Text,
  caFile: v.optional(Text),
  /** Sent with every request; kept out of the run folder, as they may hold secrets. */
  headers: v.optional(v.record(v.string(), v.string())),
  /** The environment variable that holds the key; LIFT_OPENAI_KEY when left out. */
  keyVariable: v.optional(Text),
  /** Whether rows are messages of a chat (the default), or prompts with completions. */
  format: v.optional(v.picklist(['chat', 'completion'])),
  /** Examples of a step; the service decides when left out. */
  batchSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(256))),
  /** Of the learning rate that the service would choose. */
  learningRateMultiplier: v.optional(v.pipe(v.number(), v.gtValue(0))),
  /** Under which name the trained model is asked, where it has to be deployed first. */
  deployment: v.optional(Text),
  /** Of a million tokens that are trained on, in whatever currency: for the estimate of the cost. */
  price: v.optional(v.pipe(v.number(), v.minValue(0))),
  /** Whether the uploaded files stay there when the run is done. */
  keepFiles: v.optional(v.boolean()),
});

/** Hugging Face Jobs. The hub is that of HF_ENDPOINT, and the token that of HF_TOKEN, as everywhere. */
const HfJobsChoice = v.strictObject({
  kind: v.literal('hf-jobs'),
  /** The kind of machine, by the hub's name for it. */
  flavor: v.optional(Text),
  /** After so many minutes the hub ends the job. */
  minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Whose jobs and repository: an organisation's, or the user's own. */
  namespace: v.optional(Text),
  /** The container that the program runs in; it has Python and pip. */
  image: v.optional(Text),
});

/** Where a run happens, and what it takes to get there. */
export const BackendChoice = v.variant('kind', [LocalChoice, RayChoice, OpenAiChoice, HfJobsChoice]);
export type BackendChoice = v.InferOutput<typeof BackendChoice>;
export type BackendKind = BackendChoice['kind'];
export type RayChoice = v.InferOutput<typeof RayChoice>;
export type HfJobsChoice = v.InferOutput<typeof HfJobsChoice>;
export type OpenAiChoice = v.InferOutput<typeof OpenAiChoice>;

/** The part of a choice that a run folder keeps, so that the run is found again. */
export function withoutSecrets(choice: BackendChoice): BackendChoice {
  return 'headers' in choice ? { ...choice, headers: undefined } : choice;
}
