import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { TemplateProblem } from '../../../src/core/prompt/template/template-problem';

const tag = /\{\{[^]*?\}\}/gu;

/** The text behind a template field: tags and wrong places marked. It says nothing that the field does not, so it is hidden from screen readers. */
export function highlighted(text: string, problems: readonly TemplateProblem[]): TemplateResult {
  const cuts = new Set([0, text.length]);
  const tags = [...text.matchAll(tag)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  const wrong = problems.map(({ offset, length }) => ({ from: offset, to: offset + Math.max(1, length) }));
  for (const { from, to } of [...tags, ...wrong]) cuts.add(from).add(Math.min(to, text.length));
  const places = [...cuts].sort((a, b) => a - b);
  const inside = (ranges: readonly { from: number; to: number }[], at: number): boolean =>
    ranges.some(({ from, to }) => from <= at && at < to);
  const pieces = places.slice(0, -1).map((from, index) => {
    const piece = text.slice(from, places[index + 1]);
    const classes = [inside(tags, from) ? 'tag' : '', inside(wrong, from) ? 'wrong' : ''].join(' ').trim();
    return classes === '' ? piece : html`<span class=${classes}>${piece}</span>`;
  });
  // A trailing line end has no height of its own.
  return html`${pieces}${text.endsWith('\n') ? ' ' : nothing}`;
}
