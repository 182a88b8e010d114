import { labelPrefix, MetaKey, MetaValue } from '../../../shared/contract/metadata.ts';

type Meta = Readonly<Record<string, unknown>>;

/** A key of user-meta. `account`: only the account's profile has it; `over-account`: the device's own value stands before that. */
export interface MetaRow {
  readonly key: string;
  readonly value: unknown;
  readonly from: 'own' | 'account' | 'over-account';
}

/** The device's own keys and those that its account adds, by name. Labels have a place of their own. */
export function metaRows(own: Meta, account: Meta): readonly MetaRow[] {
  const rows = [
    ...Object.entries(own).map(
      ([key, value]): MetaRow => ({ key, value, from: Object.hasOwn(account, key) ? 'over-account' : 'own' }),
    ),
    ...Object.entries(account).flatMap(([key, value]): readonly MetaRow[] =>
      Object.hasOwn(own, key) ? [] : [{ key, value, from: 'account' }],
    ),
  ];
  return rows.filter(({ key }) => !key.startsWith(labelPrefix)).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export type ValueKind = 'text' | 'json';

/** How a value is edited. */
export function kindOf(value: unknown): ValueKind {
  return typeof value === 'string' ? 'text' : 'json';
}

/** A value as it is shown and edited: a text as it is, JSON laid out. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, undefined, 2) ?? '');
}

export type TypedValue =
  | { readonly ok: true; readonly value: MetaValue }
  | { readonly ok: false; readonly reason: 'json' | 'null' };

/** What was typed as a value. null is none: the hub would keep it as null and delete nothing. */
export function typedValue(kind: ValueKind, text: string): TypedValue {
  if (kind === 'text') return { ok: true, value: text };
  try {
    const parsed = MetaValue.safeParse(JSON.parse(text));
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, reason: 'null' };
  } catch {
    return { ok: false, reason: 'json' };
  }
}

export type KeyFault = 'empty' | 'form' | 'taken' | 'label';

/** Why a key can't be added; undefined when it can. */
export function keyFault(typed: string, own: Meta): KeyFault | undefined {
  const key = typed.trim();
  if (key === '') return 'empty';
  if (!MetaKey.safeParse(key).success) return 'form';
  if (key.startsWith(labelPrefix)) return 'label';
  return Object.hasOwn(own, key) ? 'taken' : undefined;
}

/** Whether a public key (`type base64 comment`) is among authorized keys; its comment does not count. */
export function hasKey(authorized: unknown, publicKey: string): boolean {
  const body = publicKey.split(/\s+/)[1];
  return typeof authorized === 'string' && body !== undefined && body !== '' && authorized.split(/\s+/).includes(body);
}
