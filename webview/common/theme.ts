/** A colour of the theme, as canvas and SVG drawing need it. */
export function themeColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--vscode-${name}`).trim();
}

/** Calls back when the user changes the theme: the workbench then writes other variables on the root element. */
export function onThemeChange(callback: () => void): void {
  new MutationObserver(callback).observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  new MutationObserver(callback).observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
