import type { Said } from '../../foundation/phrase';

/** Where a piece of a template stands, in UTF-16 units of its text. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A name inside braces. `{{column:NAME}}` names a column even where NAME has a meaning of its own. */
export interface Reference {
  readonly name: string;
  readonly isColumn: boolean;
}

/** What stands between `{{` and `}}`. */
export type Tag =
  | { readonly kind: 'reference'; readonly reference: Reference }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'features'; readonly separator: string }
  | { readonly kind: 'if'; readonly subject: Reference; readonly equals: string | undefined }
  | { readonly kind: 'else' }
  | { readonly kind: 'close'; readonly block: 'features' | 'if' }
  | { readonly kind: 'wrong'; readonly message: Said; readonly hint: Said };

export type Token =
  | { readonly kind: 'text'; readonly text: string; readonly place: Place }
  | { readonly kind: 'tag'; readonly tag: Tag; readonly place: Place };

/** A parsed template: its pieces in order. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string; readonly place: Place }
  | { readonly kind: 'reference'; readonly reference: Reference; readonly place: Place }
  | {
      readonly kind: 'features';
      readonly separator: string;
      readonly body: readonly TemplateNode[];
      readonly place: Place;
    }
  | {
      readonly kind: 'if';
      readonly subject: Reference;
      /** Without it the condition is "is present". */
      readonly equals: string | undefined;
      readonly then: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
      readonly place: Place;
    };
