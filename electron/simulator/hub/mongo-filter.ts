/** The small part of MongoDB's query language that clients can reach. */
import { isMap, type Json, type JsonMap } from './json-text.ts';

/** The value at a dotted path. */
export function valueAt(document: Json, path: string): Json | undefined {
  let value: Json | undefined = document;
  for (const key of path.split('.')) value = isMap(value) ? value[key] : undefined;
  return value;
}

/** Whether a document matches a filter. Throws for an operator that MongoDB does not have. */
export function matchesFilter(document: JsonMap, filter: JsonMap): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (key === '$or' || key === '$and') {
      const parts = Array.isArray(condition) ? condition.filter(isMap) : [];
      return key === '$or'
        ? parts.some((part) => matchesFilter(document, part))
        : parts.every((part) => matchesFilter(document, part));
    }
    return matchesCondition(valueAt(document, key), condition);
  });
}

/** Whether a value meets a condition: operators, or another value to be equal to. */
export function matchesCondition(value: Json | undefined, condition: Json): boolean {
  if (!isMap(condition) || !Object.keys(condition).some((key) => key.startsWith('$'))) return same(value, condition);
  return Object.entries(condition).every(([operator, wanted]) => matchesOperator(value, operator, wanted, condition));
}

function matchesOperator(value: Json | undefined, operator: string, wanted: Json, all: JsonMap): boolean {
  switch (operator) {
    case '$eq':
      return same(value, wanted);
    case '$ne':
      return !same(value, wanted);
    case '$in':
      return list(wanted).some((each) => same(value, each));
    case '$nin':
      return !list(wanted).some((each) => same(value, each));
    case '$exists':
      return (value !== undefined) === Boolean(wanted);
    case '$not':
      return !matchesCondition(value, wanted);
    case '$regex':
      return typeof value === 'string' && new RegExp(String(wanted), all.$options === 'i' ? 'i' : '').test(value);
    case '$options':
      return true;
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return compares(value, operator, wanted);
    default:
      throw new Error(`unknown operator: ${operator}`);
  }
}

function list(value: Json): readonly Json[] {
  if (!Array.isArray(value)) throw new Error('$in needs an array');
  return value;
}

function same(value: Json | undefined, wanted: Json): boolean {
  if (wanted === null) return value === null || value === undefined;
  return JSON.stringify(value) === JSON.stringify(wanted);
}

function compares(value: Json | undefined, operator: string, wanted: Json): boolean {
  const numbers = typeof value === 'number' && typeof wanted === 'number';
  const texts = typeof value === 'string' && typeof wanted === 'string';
  if (!numbers && !texts) return false;
  if (operator === '$gt') return value > wanted;
  if (operator === '$gte') return value >= wanted;
  return operator === '$lt' ? value < wanted : value <= wanted;
}
