const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, in attributes too. */
export function escaped(text: string | number): string {
  return String(text).replace(/[&<>"']/gu, (character) => entities[character]!);
}

/** A table of more columns than these has less room between them. */
const manyColumns = 7;

/** A table; the first cell of each row is its heading. */
export function htmlTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((title) => `<th scope="col">${escaped(title)}</th>`).join('');
  const body = rows.map(
    ([first = '', ...others]) =>
      `<tr><th scope="row">${escaped(first)}</th>${others.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  const many = columns.length > manyColumns ? ' class="many"' : '';
  return `<div class="wide"><table${many}><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** Facts one below the other: what each is, and the fact. */
export function htmlFacts(facts: readonly (readonly [name: string, fact: string])[]): string {
  const body = facts.map(([name, fact]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(fact)}</td></tr>`);
  return `<table class="facts"><tbody>${body.join('')}</tbody></table>`;
}
