import { parseArgs } from 'node:util';
import { LiftError } from '../core/foundation/lift-error';
import { nearestName } from '../core/foundation/nearest-name';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** May be given several times. */
  readonly multiple?: boolean;
  /** What the help calls the value: `COL`. */
  readonly value?: string;
  readonly help: string;
}

/** Names a command's operands and options; the help and the parser are both made from it. */
export interface ArgumentSpec {
  readonly operands: readonly string[];
  /** None of the operands has to be there. */
  readonly optionalOperands?: boolean;
  readonly options: Readonly<Record<string, OptionSpec>>;
}

/** The arguments of one call, by name. */
export class Arguments {
  constructor(
    private readonly operands: ReadonlyMap<string, string>,
    private readonly values: ReadonlyMap<string, readonly string[]>,
  ) {}

  /** An operand that the command cannot do without: the parser has made sure of it. */
  operand(name: string): string {
    return this.operands.get(name)!;
  }

  optionalOperand(name: string): string | undefined {
    return this.operands.get(name);
  }

  flag(name: string): boolean {
    return this.values.has(name);
  }

  text(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  list(name: string): string[] {
    return [...(this.values.get(name) ?? [])];
  }

  /** A whole number of at least `smallest`. Throws `usage` for anything else. */
  integer(name: string, smallest: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(number) || number < smallest) {
      throw new LiftError('usage', `--${name} is a whole number from ${smallest}, not "${text}".`);
    }
    return number;
  }

  /** One of the given words. Throws `usage`, with the nearest of them, for any other. */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found) return found;
    throw new LiftError('usage', `--${name} is ${choices.join(' or ')}, not "${text}".`, didYouMean(text, choices));
  }
}

/**
 * Parses the arguments of a command. Throws `usage` for an unknown option (with the nearest known one), a missing or a
 * superfluous value, and for operands that are missing or too many.
 */
export function parseArguments(args: readonly string[], spec: ArgumentSpec): Arguments {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(spec.options).map(([name, { type }]) => [name, { type }])),
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = spec.options[token.name];
    if (!option || !Object.hasOwn(spec.options, token.name)) throw unknownOption(token.rawName, token.name, spec);
    if (option.type === 'boolean' && token.value !== undefined) {
      throw new LiftError('usage', `${token.rawName} takes no value.`);
    }
    if (option.type === 'string' && token.value === undefined) {
      throw new LiftError('usage', `${token.rawName} needs a value: ${token.rawName} ${option.value ?? 'VALUE'}.`);
    }
    if (!option.multiple && values.has(token.name)) {
      throw new LiftError('usage', `${token.rawName} is given twice.`);
    }
    values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? '']);
  }
  if (values.has('help')) return new Arguments(new Map(), values);
  if (operands.length < spec.operands.length && !spec.optionalOperands) {
    throw new LiftError('usage', `${spec.operands[operands.length]!} is missing.`, 'See --help.');
  }
  if (operands.length > spec.operands.length) {
    throw new LiftError('usage', `"${operands[spec.operands.length]!}" is one argument too many.`, 'See --help.');
  }
  return new Arguments(new Map(operands.map((operand, index) => [spec.operands[index]!, operand])), values);
}

function unknownOption(rawName: string, name: string, spec: ArgumentSpec): LiftError {
  return new LiftError('usage', `There is no option ${rawName}.`, didYouMean(name, Object.keys(spec.options), '--'));
}

/** `Did you mean …?`, or where the help is. */
export function didYouMean(word: string, words: readonly string[], prefix = ''): string {
  const nearest = nearestName(word, words);
  return nearest === undefined ? 'See --help.' : `Did you mean ${prefix}${nearest}?`;
}
