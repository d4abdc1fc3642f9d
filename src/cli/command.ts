import type { Arguments, ArgumentSpec, OptionSpec } from './arguments';
import type { Outcome, Output } from './output/output';

/** What a command gets beside its arguments. */
export interface CommandContext {
  readonly output: Output;
  /** Fires at Ctrl-C. */
  readonly signal: AbortSignal;
  /** Where relative paths start. */
  readonly folder: string;
}

/** Choices under a heading, each with what it is about. */
export interface HelpGroup {
  readonly title: string;
  readonly entries: readonly { readonly name: string; readonly about: string }[];
}

export interface Command extends ArgumentSpec {
  readonly name: string;
  /** One sentence for the list of commands. */
  readonly summary: string;
  /** What its operand may be, for its help. */
  readonly choices?: { readonly title: string; readonly groups: readonly HelpGroup[] };
  run(args: Arguments, context: CommandContext): Promise<Outcome>;
}

/** Options that several commands share. */
export const sharedOptions = {
  help: { type: 'boolean', help: 'Show this help.' },
  json: { type: 'boolean', help: 'JSON lines on standard output, for machines.' },
  threads: { type: 'string', value: 'N', help: 'Threads for the model; all cores when left out.' },
} as const satisfies Record<string, OptionSpec>;
