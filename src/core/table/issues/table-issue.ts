import type { Said } from '../../foundation/phrase';

export type IssueKind =
  | 'target-empty'
  | 'target-incomplete'
  | 'target-constant'
  | 'target-identifier'
  | 'target-not-numeric'
  | 'target-many-classes'
  | 'target-rare-classes'
  | 'target-similar-classes'
  | 'no-features'
  | 'too-few-rows'
  | 'few-rows'
  | 'constant-column'
  | 'empty-column'
  | 'identifier-column'
  | 'mostly-missing-column'
  | 'duplicate-rows';

/** Something about the data that a person should know before fine-tuning; an error makes it impossible. */
export interface TableIssue {
  readonly severity: 'error' | 'warning';
  readonly kind: IssueKind;
  readonly message: Said;
  readonly hint: Said;
  /** The column that it is about. */
  readonly column?: string;
}
