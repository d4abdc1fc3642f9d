import { html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { Verdict } from '../../src/shared/predictions-view';

const shapes: Record<'check' | 'cross' | 'close' | 'up' | 'down', SVGTemplateResult> = {
  check: svg`<path d="M2.5 8.5l3.5 3.5 7.5-8" />`,
  cross: svg`<path d="M3.5 3.5l9 9m0-9l-9 9" />`,
  close: svg`<path d="M4 4l8 8m0-8l-8 8" />`,
  up: svg`<path d="M4 10l4-4 4 4" />`,
  down: svg`<path d="M4 6l4 4 4-4" />`,
};

export function icon(name: keyof typeof shapes): TemplateResult {
  return html`<svg class="icon ${name}" viewBox="0 0 16 16" aria-hidden="true">${shapes[name]}</svg>`;
}

const words: Record<'classification' | 'regression', Record<Verdict, string>> = {
  classification: { right: 'right', wrong: 'wrong', unknown: '' },
  regression: { right: 'inside the interval', wrong: 'outside of the interval', unknown: '' },
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
