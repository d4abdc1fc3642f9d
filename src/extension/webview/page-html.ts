import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The hash of an empty style element. The webview toolkit adds one to probe for constructable style sheets; allowing
 * exactly that keeps `unsafe-inline` out of the policy.
 */
const emptyStyleHash = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** Where the pages' bundles lie; the only folders that a page may read. */
export function pageRoots(extensionUri: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), vscode.Uri.joinPath(extensionUri, 'media')];
}

/** The icon on the tab of a page. */
export function pageIcon(extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const icon = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', name);
  return { light: icon('lift-light.svg'), dark: icon('lift-dark.svg') };
}

/**
 * The document of a page: the only place that writes HTML. Scripts run by nonce alone, nothing is loaded from outside,
 * and a page connects to nothing: all input and output is the host's. The translations come with it, for the first drawing.
 *
 * @param page the bundle's name: `dist/webview/<page>.js` and `.css`
 */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: string, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const asset = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
    `style-src ${webview.cspSource} ${emptyStyleHash}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="texts" content="${escape(JSON.stringify(vscode.l10n.bundle ?? {}))}">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${asset(`${page}.css`)}">
</head>
<body>
<script type="module" nonce="${nonce}" src="${asset(`${page}.js`)}"></script>
</body>
</html>`;
}

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}
