/** Lines and marks that stand out from white, and from black: 3 : 1 at least. */
const onLight = `--rule: #d1d9e0; --own-1: #0550ae; --own-2: #a40e26; --own-3: #116329; --own-4: #6639ba; --other-1: #b26a00;
  --other-2: #1f7fb5; --other-3: #00805f; --other-4: #b0578c; --other-5: #c04a00; --other-6: #6b7280; --other-7: #857a00;`;
const onDark = `--rule: #3d444d; --own-1: #79c0ff; --own-2: #ff9492; --own-3: #7ee787; --own-4: #d2a8ff; --other-1: #e69f00;
  --other-2: #56b4e9; --other-3: #1bbf8f; --other-4: #cc79a7; --other-5: #f0763a; --other-6: #9aa1ab; --other-7: #d0c010;`;

/** The style of a report: light or dark as the reader has it; in the editor, as its theme is, whatever the system says. */
export const reportStyle = `
:root { color-scheme: light dark; --page: #fff; --text: #1f2328; --faint: #59636e; ${onLight} }
@media (prefers-color-scheme: dark) { :root { --page: #0d1117; --text: #e6edf3; --faint: #9198a1; ${onDark} } }
body[class*='vscode-'] { --page: var(--vscode-editor-background); --text: var(--vscode-editor-foreground);
  --faint: var(--vscode-descriptionForeground); }
body:is(.vscode-dark, .vscode-high-contrast) { color-scheme: dark; ${onDark} }
body:is(.vscode-light, .vscode-high-contrast-light) { color-scheme: light; ${onLight} }
body.vscode-high-contrast { --rule: var(--vscode-contrastBorder); --grid: color-mix(in srgb, var(--text) 35%, var(--page)); }
body { background: var(--page); color: var(--text);
  font: 15px/1.55 var(--vscode-font-family, system-ui, sans-serif); max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin-bottom: 0.2rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.lead { font-size: 1.08rem; } .faint, .tick, figcaption { color: var(--faint); }
figure { margin: 1rem 0; } figcaption { font-size: 0.9rem; margin-top: 0.3rem; }
.chart { overflow-x: auto; } .chart svg { min-width: 40rem; }
svg { display: block; width: 100%; height: auto; } .grid { stroke: var(--grid, var(--rule)); } svg text { fill: currentColor; font-size: 12px; }
svg .tick { fill: var(--faint); } svg .label { font-size: 13px; }
.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; list-style: none; padding: 0; font-size: 0.9rem; }
.legend svg { display: inline-block; width: 28px; height: 10px; margin-right: 0.4rem; } .legend .lift { font-weight: 600; } .legend.dots svg { width: 10px; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.7rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; }
th[scope=row], th[scope=col]:first-child { text-align: left; font-weight: 600; }
th[scope=col] { white-space: normal; vertical-align: bottom; } th[scope=col]:first-child { max-width: 15rem; }
table.many :is(th, td) { padding-inline: 0.35rem; } table.many th[scope=col]:not(:first-child) { width: 1px; }
.wide th[scope=row] { white-space: normal; overflow-wrap: break-word; }
@media (max-width: 40rem) { .wide th[scope=row] { min-width: 8rem; } }
.facts :is(th, td) { text-align: left; vertical-align: top; } .facts td { white-space: normal; overflow-wrap: anywhere; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem; } .panels figure { margin: 0; }
.swatch { display: inline-block; width: 0.8rem; height: 0.8rem; margin-right: 0.4rem; vertical-align: -0.05rem; }
.words th { white-space: normal; } .words :is(td, th):last-child { text-align: left; white-space: normal; min-width: 11rem; }
pre { overflow-x: auto; font-size: 0.85rem; border: 1px solid var(--rule); padding: 0.7rem; }
`;
