import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

const shapes: Record<'check' | 'cross' | 'dash' | 'close' | 'up' | 'down' | 'left' | 'right', SVGTemplateResult> = {
  check: svg`<path d="M2.5 8.5l3.5 3.5 7.5-8" />`,
  cross: svg`<path d="M3.5 3.5l9 9m0-9l-9 9" />`,
  dash: svg`<path d="M3 8h10" />`,
  close: svg`<path d="M4 4l8 8m0-8l-8 8" />`,
  up: svg`<path d="M4 10l4-4 4 4" />`,
  down: svg`<path d="M4 6l4 4 4-4" />`,
  left: svg`<path d="M10 4l-4 4 4 4" />`,
  right: svg`<path d="M6 4l4 4-4 4" />`,
};

/** Drawn in the colour of the text around it; what it means is said beside it. */
export function icon(name: keyof typeof shapes): TemplateResult {
  return html`<svg class="icon ${name}" viewBox="0 0 16 16" aria-hidden="true">${shapes[name]}</svg>`;
}
