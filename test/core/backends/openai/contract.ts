import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { ValidateFunction } from 'ajv';
import type { Exchange } from './fake-openai';
import { partsOf } from './fake-openai';

const shared = process.env.LIFT_SHARED ?? join('..', 'shared');
const path = join(shared, 'reference', 'openai-fine-tuning.openapi.json');

export type Json = Record<string, unknown>;

interface Operation {
  readonly parameters?: { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Json }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Json }> }>;
}

/** What of an OpenAPI document is read. */
export interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Json;
}

/** OpenAI's own description of its API, where it lies beside the project: it is no part of it. */
export function descriptionOfOpenAi(): Description | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Description) : undefined;
}

/** Checks requests and answers against a description of the API. */
export class OpenAiContract {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly description: Description) {
    this.ajv.addSchema({ $id: 'api', components: plain(this.description.components) as Json });
  }

  /** Everything in which an exchange differs from the description. */
  problems(exchange: Exchange): string[] {
    const { method, path: asked, status, answer } = exchange;
    const template = Object.keys(this.description.paths).find((known) => {
      return new RegExp(`^${known.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked);
    });
    const operation = template && this.description.paths[template]?.[method.toLowerCase()];
    const name = `${method} ${asked}`;
    if (!operation) return [`${name} is not described`];
    const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map((one) => one.name);
    const queries = [...exchange.query.keys()].filter((key) => !known.includes(key));
    const problems = queries.map((key) => `${name}: the parameter ${key} is not described`);
    const [[type, described] = []] = Object.entries(operation.requestBody?.content ?? {});
    if (type === 'application/json') {
      problems.push(...this.check(`${name} request`, described!.schema, JSON.parse(exchange.body.toString())));
    } else if (type !== undefined) {
      if (!exchange.type.startsWith(type)) problems.push(`${name}: ${exchange.type} instead of ${type}`);
      const { fields, file } = partsOf(exchange.body, exchange.type);
      const sent = { ...Object.fromEntries(fields), ...(file && { file: 'binary' }) };
      problems.push(...this.check(`${name} request`, described!.schema, sent));
    } else if (exchange.body.length > 0 && exchange.body.toString() !== '{}') problems.push(`${name}: has a body`);
    // What was cut on purpose is no answer.
    if (answer === undefined) return problems;
    const schema =
      status < 400
        ? operation.responses['200']?.content?.['application/json']?.schema
        : { $ref: '#/components/schemas/ErrorResponse' };
    return [...problems, ...(schema ? this.check(`${name} answer ${status}`, schema, answer) : [`${name}: no schema`])];
  }

  private check(name: string, schema: Json, value: unknown): string[] {
    const key = JSON.stringify(schema);
    const validate = this.compiled.get(key) ?? this.ajv.compile(plain(schema) as Json);
    this.compiled.set(key, validate);
    return validate(value)
      ? []
      : validate.errors!.map(({ instancePath, message }) => `${name}${instancePath} ${message!}`);
  }
}

/** The same schema in the words of JSON Schema: the description uses some of the OpenAPI that came before. */
function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, $ref, ...rest } = schema as Json;
  const kept = Object.entries(rest).filter(([key]) => key !== 'discriminator');
  const changed: Json = Object.fromEntries(kept.map(([key, value]) => [key, plain(value)]));
  if (typeof $ref === 'string') changed.$ref = `api${$ref}`;
  if (changed.exclusiveMinimum === true) {
    changed.exclusiveMinimum = changed.minimum;
    delete changed.minimum;
  }
  return nullable === true ? { anyOf: [changed, { type: 'null' }] } : changed;
}
