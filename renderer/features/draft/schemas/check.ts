import { childPointer, type JsonNode } from '../../../../shared/compare/json-tree.ts';
import { schemaTexts } from '../../../strings/words.ts';

/** As much of JSON Schema (draft 7) as the schemas of this folder use; anything else in them is not looked at. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  readonly definitions?: { readonly [name: string]: Schema };
  readonly deprecationMessage?: string;
}

/** A place (RFC 6901) where a document is not as its schema has it, in words. */
export interface SchemaRemark {
  readonly pointer: string;
  readonly text: string;
}

/** Holds a JSON text, read as `tree`, against a schema. At most `limit` remarks. */
export function checkSchema(text: string, tree: JsonNode, schema: Schema, limit = 50): readonly SchemaRemark[] {
  const remarks: SchemaRemark[] = [];
  const say = (pointer: string, said: string) => {
    if (remarks.length < limit) remarks.push({ pointer, text: said });
  };
  const pending: { readonly node: JsonNode; readonly schema: Schema; readonly pointer: string }[] = [
    { node: tree, schema, pointer: '' },
  ];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const { node, pointer } = one;
    const rule = resolved(one.schema, schema);
    const wrong = wrongOf(text, node, rule, schema);
    if (wrong !== undefined) {
      say(pointer, wrong);
      continue;
    }
    if (rule.deprecationMessage !== undefined) say(pointer, rule.deprecationMessage);
    if (!('children' in node)) continue;
    for (const name of node.kind === 'object' ? (rule.required ?? []) : []) {
      if (!node.children.has(name)) say(pointer, schemaTexts.missing(JSON.stringify(name)));
    }
    for (const [name, child] of [...node.children].reverse()) {
      const inner = node.kind === 'array' ? rule.items : (rule.properties?.[name] ?? rule.additionalProperties);
      if (inner !== undefined) pending.push({ node: child, schema: inner, pointer: childPointer(pointer, name) });
    }
  }
  return remarks;
}

function resolved(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : (root.definitions?.[name] ?? {});
}

/** Why a value itself is not allowed, without what is in it. */
function wrongOf(text: string, node: JsonNode, rule: Schema, root: Schema): string | undefined {
  const types = rule.type === undefined ? undefined : [rule.type].flat();
  const type = typeOf(text, node);
  if (types !== undefined && !types.includes(type) && !(type === 'integer' && types.includes('number'))) {
    return schemaTexts.mustBe(types.map((one) => typeWords[one] ?? one));
  }
  const value: unknown = 'children' in node ? undefined : JSON.parse(text.slice(node.start, node.end));
  if (rule.const !== undefined && value !== rule.const) return schemaTexts.mustBe([JSON.stringify(rule.const)]);
  if (rule.enum !== undefined && !rule.enum.includes(value)) {
    return schemaTexts.mustBeOneOf(rule.enum.map((one) => JSON.stringify(one)));
  }
  if (rule.minLength !== undefined && typeof value === 'string' && value.length < rule.minLength) return schemaTexts.notEmpty;
  if (rule.minimum !== undefined && typeof value === 'number' && value < rule.minimum) return schemaTexts.atLeast(rule.minimum);
  if (rule.minItems !== undefined && node.kind === 'array' && node.children.size < rule.minItems) return schemaTexts.listNotEmpty;
  if (rule.anyOf !== undefined && !rule.anyOf.some((one) => fits(text, node, resolved(one, root), root)))
    return anyOfWords(rule.anyOf);
  return undefined;
}

/** One choice of several, which the schemas here only make by type, enum or required members. */
function fits(text: string, node: JsonNode, rule: Schema, root: Schema): boolean {
  const required = rule.required ?? [];
  return wrongOf(text, node, rule, root) === undefined && required.every((name) => 'children' in node && node.children.has(name));
}

function anyOfWords(choices: readonly Schema[]): string {
  const needed = choices.flatMap(({ required }) =>
    required === undefined ? [] : [required.map((name) => JSON.stringify(name))],
  );
  return needed.length > 0 ? schemaTexts.needs(needed) : schemaTexts.notAllowed;
}

function typeOf(text: string, node: JsonNode): string {
  const first = text.charAt(node.start);
  switch (node.kind) {
    case 'number':
      return /[.eE]/.test(text.slice(node.start, node.end)) ? 'number' : 'integer';
    case 'literal':
      return first === 'n' ? 'null' : 'boolean';
    default:
      return node.kind;
  }
}

const typeWords: { readonly [type: string]: string } = schemaTexts.types;
