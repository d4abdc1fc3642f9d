import type * as v from 'valibot';
import type { TemplateTexts } from '../prompt/template/builtin-templates';
import type { PromptFeature, PromptTarget } from '../prompt/prompt-spec';
import type { recipeSchema } from './schema/recipe-schema';

type Validated = v.InferOutput<typeof recipeSchema>;

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/**
 * A recipe with every field filled in. It is a `PromptSpec` too. At run time it also holds the fields of the document that
 * this program does not know, so that writing it back loses nothing.
 */
export interface Recipe extends DeepReadonly<Omit<Validated, 'name' | 'target' | 'features' | 'template'>> {
  readonly name: string;
  readonly target: PromptTarget;
  readonly features: readonly PromptFeature[];
  readonly template: TemplateTexts & { readonly name: string };
}
