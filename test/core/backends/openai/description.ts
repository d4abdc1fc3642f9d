import type { Description, Json } from './contract';

/**
 * The part of the API that fine-tuning takes, as its public reference has it
 * (https://platform.openai.com/docs/api-reference), in our own words: what a request may hold, and what an answer does. It is
 * narrower than the reference where LIFT says less: a field that is not here would be a mistake of ours.
 */
const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const number = { type: 'number' };

/** An object; names with a question mark may be missing. */
function object(fields: Record<string, Json>, closed = false): Json {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace('?', ''), schema])),
    required: entries.map(([name]) => name).filter((name) => !name.endsWith('?')),
    ...(closed && { additionalProperties: false }),
  };
}

const orNull = (schema: Json): Json => ({ anyOf: [schema, { type: 'null' }] });
const oneOf = (...values: unknown[]): Json => ({ enum: values });
const list = (items: Json, rest: Record<string, Json> = {}): Json =>
  object({ object: oneOf('list'), data: { type: 'array', items }, ...rest });
const paged = { has_more: { type: 'boolean' } };

const model = object({ id: text, object: oneOf('model'), created: count, owned_by: text });

const file = object({
  id: text,
  object: oneOf('file'),
  bytes: count,
  created_at: count,
  filename: text,
  purpose: oneOf('fine-tune', 'fine-tune-results'),
  status: oneOf('uploaded', 'processed', 'error'),
});

const hyperparameters = object(
  {
    'n_epochs?': { anyOf: [oneOf('auto'), { type: 'integer', minimum: 1, maximum: 50 }] },
    'batch_size?': { anyOf: [oneOf('auto'), { type: 'integer', minimum: 1, maximum: 256 }] },
    'learning_rate_multiplier?': { anyOf: [oneOf('auto'), { type: 'number', exclusiveMinimum: 0 }] },
  },
  true,
);
const method = object({ type: oneOf('supervised'), supervised: object({ hyperparameters }, true) }, true);
const metadata = { type: 'object', maxProperties: 16, additionalProperties: { type: 'string', maxLength: 512 } };

const newJob = object(
  {
    model: text,
    training_file: text,
    'validation_file?': text,
    'suffix?': { type: 'string', minLength: 1, maxLength: 64 },
    'seed?': { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1 },
    'method?': method,
    // The words of the API before `method`.
    'hyperparameters?': hyperparameters,
    'metadata?': metadata,
  },
  true,
);

const job = object({
  id: text,
  object: oneOf('fine_tuning.job'),
  created_at: count,
  error: orNull(object({ code: text, message: text, param: orNull(text) })),
  fine_tuned_model: orNull(text),
  finished_at: orNull(count),
  hyperparameters: { type: 'object' },
  model: text,
  organization_id: text,
  result_files: { type: 'array', items: text },
  status: oneOf('validating_files', 'queued', 'running', 'succeeded', 'failed', 'cancelled'),
  trained_tokens: orNull(count),
  training_file: text,
  validation_file: orNull(text),
  seed: { type: 'integer' },
  'estimated_finish?': orNull(count),
  'method?': method,
  'metadata?': metadata,
});

const event = object({
  id: text,
  object: oneOf('fine_tuning.job.event'),
  created_at: count,
  level: oneOf('info', 'warn', 'error'),
  message: text,
  'type?': oneOf('message', 'metrics'),
  'data?': { type: 'object' },
});

const checkpoint = object({
  id: text,
  object: oneOf('fine_tuning.job.checkpoint'),
  created_at: count,
  fine_tuned_model_checkpoint: text,
  fine_tuning_job_id: text,
  step_number: count,
  metrics: object({ 'step?': number, 'train_loss?': number, 'valid_loss?': number, 'full_valid_loss?': number }),
});

const stop = { type: 'array', items: text, minItems: 1, maxItems: 4 };
const temperature = { type: 'number', minimum: 0, maximum: 2 };
const message = object({ role: oneOf('system', 'user', 'assistant'), content: text }, true);

const chatQuestion = object(
  {
    model: text,
    messages: { type: 'array', items: message, minItems: 1 },
    'max_tokens?': { type: 'integer', minimum: 1 },
    'max_completion_tokens?': { type: 'integer', minimum: 1 },
    'temperature?': temperature,
    'stop?': stop,
    'seed?': { type: 'integer' },
    'logprobs?': { type: 'boolean' },
    'top_logprobs?': { type: 'integer', minimum: 0, maximum: 20 },
  },
  true,
);
const tokenScore = { token: { type: 'string' }, logprob: number, bytes: orNull({ type: 'array', items: count }) };
const chatScores = object({
  content: orNull({
    type: 'array',
    items: object({ ...tokenScore, top_logprobs: { type: 'array', items: object(tokenScore), maxItems: 20 } }),
  }),
});
const chatAnswer = object({
  id: text,
  object: oneOf('chat.completion'),
  created: count,
  model: text,
  choices: {
    type: 'array',
    minItems: 1,
    items: object({
      index: count,
      finish_reason: oneOf('stop', 'length', 'content_filter'),
      message: object({ role: oneOf('assistant'), content: orNull({ type: 'string' }), refusal: orNull(text) }),
      logprobs: orNull(chatScores),
    }),
  },
});

const completionQuestion = object(
  {
    model: text,
    prompt: text,
    'max_tokens?': { type: 'integer', minimum: 1 },
    'temperature?': temperature,
    'stop?': stop,
    'seed?': { type: 'integer' },
    'logprobs?': { type: 'integer', minimum: 0, maximum: 5 },
  },
  true,
);
const completionScores = object({
  tokens: { type: 'array', items: { type: 'string' } },
  token_logprobs: { type: 'array', items: number },
  top_logprobs: { type: 'array', items: { type: 'object', additionalProperties: number, maxProperties: 6 } },
  text_offset: { type: 'array', items: count },
});
const completionAnswer = object({
  id: text,
  object: oneOf('text_completion'),
  created: count,
  model: text,
  choices: {
    type: 'array',
    minItems: 1,
    items: object({
      index: count,
      text: { type: 'string' },
      finish_reason: oneOf('stop', 'length', 'content_filter'),
      logprobs: orNull(completionScores),
    }),
  },
});

const json = (schema: Json): { content: Record<string, { schema: Json }> } => ({
  content: { 'application/json': { schema } },
});
const queries = (...names: string[]): { parameters: { name: string; in: string }[] } => ({
  parameters: names.map((name) => ({ name, in: 'query' })),
});
const gives = (schema: Json): { responses: Record<string, ReturnType<typeof json>> } => ({
  responses: { 200: json(schema) },
});

export const ownDescription: Description = {
  paths: {
    '/models': { get: gives(list(model)) },
    '/files': {
      get: { ...queries('purpose', 'limit', 'order', 'after'), ...gives(list(file, paged)) },
      post: {
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: object({ purpose: oneOf('fine-tune'), file: { type: 'string' } }, true),
            },
          },
        },
        ...gives(file),
      },
    },
    '/files/{id}': {
      get: gives(file),
      delete: gives(object({ id: text, object: oneOf('file'), deleted: { type: 'boolean' } })),
    },
    '/fine_tuning/jobs': {
      get: { ...queries('after', 'limit', 'metadata'), ...gives(list(job, paged)) },
      post: { requestBody: json(newJob), ...gives(job) },
    },
    '/fine_tuning/jobs/{id}': { get: gives(job) },
    '/fine_tuning/jobs/{id}/cancel': { post: gives(job) },
    '/fine_tuning/jobs/{id}/events': { get: { ...queries('after', 'limit'), ...gives(list(event, paged)) } },
    '/fine_tuning/jobs/{id}/checkpoints': { get: { ...queries('after', 'limit'), ...gives(list(checkpoint, paged)) } },
    '/chat/completions': { post: { requestBody: json(chatQuestion), ...gives(chatAnswer) } },
    '/completions': { post: { requestBody: json(completionQuestion), ...gives(completionAnswer) } },
  },
  components: {
    schemas: {
      ErrorResponse: object({
        error: object({ message: text, type: text, param: orNull(text), code: orNull(text) }),
      }),
    },
  },
};
