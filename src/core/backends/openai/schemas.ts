import * as v from 'valibot';

/**
 * What of the answers of an OpenAI-compatible API is read. Services differ in the rest, so nothing else is asked of them.
 * https://platform.openai.com/docs/api-reference/fine-tuning
 */
const Id = v.pipe(v.string(), v.nonEmpty());
const Amount = v.nullish(v.number());

function listOf<T extends v.GenericSchema>(
  item: T,
): v.GenericSchema<unknown, { data: v.InferOutput<T>[]; has_more?: boolean | undefined }> {
  return v.object({ data: v.array(item), has_more: v.optional(v.boolean()) });
}

export const Model = v.object({ id: Id });
export const ModelList = listOf(Model);

export const UploadedFile = v.object({ id: Id, filename: v.optional(v.string()), bytes: v.optional(v.number()) });
export type UploadedFile = v.InferOutput<typeof UploadedFile>;
export const FileList = listOf(UploadedFile);

export const Job = v.object({
  id: Id,
  status: v.string(),
  training_file: v.nullish(v.string()),
  fine_tuned_model: v.nullish(v.string()),
  trained_tokens: Amount,
  /** Seconds since 1970. */
  estimated_finish: Amount,
  hyperparameters: v.nullish(v.object({ n_epochs: v.nullish(v.union([v.number(), v.string()])) })),
  error: v.nullish(v.object({ message: v.nullish(v.string()), code: v.nullish(v.string()) })),
});
export type Job = v.InferOutput<typeof Job>;
export const JobList = listOf(Job);

const Metrics = v.object({
  step: Amount,
  total_steps: Amount,
  train_loss: Amount,
  valid_loss: Amount,
  full_valid_loss: Amount,
});

export const JobEvent = v.object({
  id: Id,
  created_at: v.number(),
  level: v.string(),
  message: v.string(),
  type: v.nullish(v.string()),
  data: v.nullish(Metrics),
});
export type JobEvent = v.InferOutput<typeof JobEvent>;
export const EventList = listOf(JobEvent);

export const Checkpoint = v.object({ fine_tuned_model_checkpoint: Id, step_number: v.number(), metrics: Metrics });
export type Checkpoint = v.InferOutput<typeof Checkpoint>;
export const CheckpointList = listOf(Checkpoint);

const TokenScore = v.object({ token: v.string(), logprob: v.number() });
const ChatToken = v.object({ ...TokenScore.entries, top_logprobs: v.nullish(v.array(TokenScore)) });

export const ChatAnswer = v.object({
  choices: v.pipe(
    v.array(
      v.object({
        message: v.object({ content: v.nullish(v.string()) }),
        logprobs: v.nullish(v.object({ content: v.nullish(v.array(ChatToken)) })),
      }),
    ),
    v.minLength(1),
  ),
});

export const CompletionAnswer = v.object({
  choices: v.pipe(
    v.array(
      v.object({
        text: v.string(),
        logprobs: v.nullish(
          v.object({
            tokens: v.nullish(v.array(v.string())),
            token_logprobs: v.nullish(v.array(v.nullable(v.number()))),
            top_logprobs: v.nullish(v.array(v.nullable(v.record(v.string(), v.number())))),
          }),
        ),
      }),
    ),
    v.minLength(1),
  ),
});
