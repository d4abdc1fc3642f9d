import { isRecord } from '../config/config-fields';

export type JsonObject = Record<string, unknown>;

/** The steps of a normaliser or pre-tokeniser of `tokenizer.json`, with the parts of sequences in their order. */
export function flattenSteps(step: unknown): JsonObject[] {
  if (!isRecord(step)) return [];
  const parts = step.normalizers ?? step.pretokenizers;
  return step.type === 'Sequence' && Array.isArray(parts) ? parts.flatMap(flattenSteps) : [step];
}

/** Whether encoding a text puts a space before it (Llama 2 and others made with SentencePiece). */
export function putsSpaceFirst(tokenizer: JsonObject): boolean {
  const normalizers = flattenSteps(tokenizer.normalizer);
  const preTokenizers = flattenSteps(tokenizer.pre_tokenizer);
  return (
    normalizers.some(({ type }) => type === 'Prepend') ||
    preTokenizers.some(({ type, prepend_scheme: scheme, add_prefix_space: added }) => {
      return type === 'Metaspace' ? scheme !== 'never' : type === 'ByteLevel' && added === true;
    })
  );
}

/** The same tokenizer for the middle of a text: it puts nothing before what it encodes. */
export function withoutSpaceFirst(tokenizer: JsonObject): JsonObject {
  const normalizers = flattenSteps(tokenizer.normalizer).filter(({ type }) => type !== 'Prepend');
  const preTokenizers = flattenSteps(tokenizer.pre_tokenizer).map((step) => {
    return { ...step, prepend_scheme: 'never', add_prefix_space: false };
  });
  return {
    ...tokenizer,
    normalizer: normalizers.length === 0 ? null : { type: 'Sequence', normalizers },
    pre_tokenizer: preTokenizers.length === 0 ? null : { type: 'Sequence', pretokenizers: preTokenizers },
  };
}
