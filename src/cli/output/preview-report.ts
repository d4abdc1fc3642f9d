import type { Preview } from '../../core/run/preview';
import type { Style } from './style';

/** The prompt as it is, with the answers set off, and what is to be said about its length. */
export function previewReport(preview: Preview, style: Style): string[] {
  const { segments, row, lineNumber, template, droppedExamples, tokens, contextLength } = preview;
  const text = segments
    .map((segment) => {
      switch (segment.role) {
        case 'context':
          return eachLine(segment.text, style.dim);
        case 'example-answer':
          return segment.text;
        case 'question':
          return eachLine(segment.text, style.bold);
        case 'answer':
          return eachLine(segment.text, style.green);
      }
    })
    .join('');
  const facts = [`Row ${row} (line ${lineNumber}), template ${template}`];
  if (tokens !== undefined && contextLength !== undefined) {
    facts.push(`${tokens.toLocaleString('en')} of ${contextLength.toLocaleString('en')} tokens`);
  }
  if (droppedExamples > 0) facts.push(`${droppedExamples} example rows left out to fit`);
  return [...text.split('\n'), '', style.dim(`${facts.join('; ')}.`)];
}

/** Styles end at line ends, so that lines can be cut and joined. */
function eachLine(text: string, style: (text: string) => string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : style(line)))
    .join('\n');
}
