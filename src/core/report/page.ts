import { escaped } from './html';
import type { ReportLanguage } from './report-language';
import type { ReportSection } from './section';
import { reportStyle } from './theme';

/** A whole report as one HTML file: no scripts, nothing from outside. */
export function reportPage(
  title: string,
  lead: string,
  sections: readonly ReportSection[],
  { tag }: ReportLanguage,
): string {
  const body = sections.map(({ title: heading, html }) => `<section><h2>${escaped(heading)}</h2>${html}</section>`);
  return `<!doctype html>
<html lang="${escaped(tag)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="lead">${escaped(lead)}</p>
${body.join('\n')}
</body>
</html>
`;
}
