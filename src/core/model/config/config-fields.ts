import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';

/** Reads the fields of a `config.json` by name and type; what is malformed is an error that names the field. */
export class ConfigFields {
  constructor(
    readonly raw: Readonly<Record<string, unknown>>,
    private readonly file: string,
    private readonly prefix = '',
  ) {}

  /** A whole number of at least 1. Without a fallback the field must be there. */
  count(name: string, fallback?: number): number {
    const value = this.raw[name] ?? fallback;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
    throw this.invalid(name, 'a whole number of at least 1');
  }

  /** A finite number above 0. */
  positive(name: string, fallback?: number): number {
    const value = this.raw[name] ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
    throw this.invalid(name, 'a number above 0');
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.raw[name] ?? fallback;
    if (typeof value === 'boolean') return value;
    throw this.invalid(name, 'true or false');
  }

  text(name: string, fallback?: string): string {
    const value = this.raw[name] ?? fallback;
    if (typeof value === 'string') return value;
    throw this.invalid(name, 'a text');
  }

  /** The fields of a nested object; undefined when it is absent or null. */
  group(name: string): ConfigFields | undefined {
    const value = this.raw[name] ?? undefined;
    if (value === undefined) return undefined;
    if (isRecord(value)) return new ConfigFields(value, this.file, `${this.prefix}${name}.`);
    throw this.invalid(name, 'an object');
  }

  /** One token number or several, as `eos_token_id` may hold; empty when absent or null. */
  tokens(name: string): number[] {
    const value = this.raw[name] ?? [];
    const tokens: unknown[] = Array.isArray(value) ? value : [value];
    return tokens.map((token) => {
      if (typeof token === 'number' && Number.isSafeInteger(token)) return token;
      throw this.invalid(name, 'a token number or a list of them');
    });
  }

  has(name: string): boolean {
    return (this.raw[name] ?? undefined) !== undefined;
  }

  /** The error `model-invalid` for a field that is not what it should be. */
  invalid(name: string, expected: string): LiftError {
    const found = name in this.raw ? `it is ${JSON.stringify(this.raw[name]).slice(0, 80)}` : 'it is missing';
    return new LiftError(
      'model-invalid',
      phrase`${this.file}: "${this.prefix}${name}" must be ${expected}, but ${found}.`,
      'Download the model again, or correct its config.json.',
    );
  }

  /** The error `model-unsupported` for a setting that the architecture allows and LIFT does not have. */
  unsupported(setting: string): LiftError {
    return new LiftError(
      'model-unsupported',
      phrase`${this.file}: ${setting} is not supported.`,
      'Choose another model, for example HuggingFaceTB/SmolLM2-135M.',
    );
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
