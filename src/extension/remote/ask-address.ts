import * as vscode from 'vscode';
import { checkedAddress } from '../../core/backends/http/server-address';
import type { AddressAdvice } from '../../core/backends/http/server-address';
import { LiftError } from '../../core/foundation/lift-error';
import { told } from '../told';

/** Asks for the address of a server, and says what is wrong with it while it is typed; without a slash at the end. */
export async function askAddress(
  title: string,
  prompt: string,
  value: string,
  advice: AddressAdvice,
): Promise<string | undefined> {
  const address = await vscode.window.showInputBox({
    title,
    prompt,
    value,
    placeHolder: advice.example,
    ignoreFocusOut: true,
    validateInput: (text) => problemOf(text, advice),
  });
  return address === undefined ? undefined : checkedAddress(address, advice).href.replace(/\/+$/, '');
}

function problemOf(address: string, advice: AddressAdvice): string | undefined {
  try {
    checkedAddress(address, advice);
    return undefined;
  } catch (error) {
    const { message, hint } = told(LiftError.from(error));
    return `${message} ${hint}`;
  }
}
