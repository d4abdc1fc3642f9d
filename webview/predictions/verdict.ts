import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Verdict } from '../../src/shared/predictions-view';
import { icon } from '../common/icons';
import { l10n } from '../common/l10n';

const words: Record<'classification' | 'regression', Record<Verdict, string>> = {
  classification: { right: l10n.t('right'), wrong: l10n.t('wrong'), unknown: '' },
  regression: { right: l10n.t('inside the interval'), wrong: l10n.t('outside of the interval'), unknown: '' },
};

export function verdictWord(verdict: Verdict, task: 'classification' | 'regression'): string {
  return words[task][verdict];
}

/** Right or wrong by its shape and in words, not by colour alone. */
export function verdictIcon(verdict: Verdict, task: 'classification' | 'regression'): TemplateResult {
  const word = verdictWord(verdict, task);
  return html`<span class="verdict ${verdict}" title=${word || nothing}
    >${verdict === 'unknown' ? nothing : icon(verdict === 'right' ? 'check' : 'cross')}<span class="visually-hidden"
      >${word}</span
    ></span
  >`;
}
