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

/** Where a run happens, and what it takes to get there. */
export const BackendChoice = v.variant('kind', [LocalChoice, RayChoice]);
export type BackendChoice = v.InferOutput<typeof BackendChoice>;
export type BackendKind = BackendChoice['kind'];
export type RayChoice = v.InferOutput<typeof RayChoice>;

/** The part of a choice that a run folder keeps, so that the run is found again. */
export function withoutSecrets(choice: BackendChoice): BackendChoice {
  return choice.kind === 'local' ? choice : { ...choice, headers: undefined };
}
