import * as vscode from 'vscode';

/** The one log of the extension: View → Output → LIFT. Its level is the user's. */
export const log = vscode.window.createOutputChannel('LIFT', { log: true });
