import { z } from 'zod';
import { JsonSyntaxError, scanJson } from '../state/json.ts';
import { readMembers } from '../state/json-members.ts';
import { base64UrlText } from './base64.ts';

/** A signature as `_sigs/<name>.json` has it, before anybody has verified it (pvr.md §6: a flattened JWS with `#spec` pvs@2). */
export interface PvsSignature {
  readonly algorithm: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** The patterns' source text without its quotes: the device does not resolve escapes (jsmn tokens). */
  readonly rawInclude: readonly string[];
  readonly rawExclude: readonly string[];
  /** Base64url as it stands in the entry: what is signed is this text and the payload's. */
  readonly protected: string;
  readonly signature: string;
  /** A payload that is stored beside it. Nobody looks at it: the state is the payload. */
  readonly payload: string | undefined;
  /** Certificates in DER, base64, the signer's first. */
  readonly x5c: readonly string[] | undefined;
  /** The public key that it brings itself, as a JWK. It proves nothing by itself. */
  readonly jwk: JwkMembers | undefined;
}

export type JwkMembers = Readonly<Record<string, string>>;

export type ReadPvs = { readonly ok: true; readonly pvs: PvsSignature } | { readonly ok: false; readonly reason: string };

/** No signature comes near these: three certificates are some 6 kB. In characters. */
const maxEntry = 8_000_000;
const maxHeader = 256_000;
const maxPattern = 1_000;
const maxPatterns = 1_000;
const maxCertificates = 16;

const Patterns = z.array(z.string().max(maxPattern)).max(maxPatterns);

const Header = z.object({
  alg: z.string().min(1).max(32),
  typ: z.literal('PVS'),
  pvs: z.object({ include: Patterns, exclude: Patterns }),
  x5c: z.array(z.string().min(1)).min(1).max(maxCertificates).optional(),
  jwk: z.record(z.string(), z.unknown()).transform(textMembers).optional(),
  crit: z.never({ error: 'it asks for extensions (crit) that nobody here knows' }).optional(),
  b64: z.never({ error: 'it asks for a payload that is not encoded (b64)' }).optional(),
});

const Entry = z.object({
  '#spec': z.literal('pvs@2'),
  protected: z.string().min(1),
  signature: z.string().min(1).max(4_000),
  payload: z.string().optional(),
  signatures: z.never().optional(),
  header: z.never().optional(),
});

/** Whether the entry's value says that it is a signature. pvr and the device go by that, whatever the key. */
export function saysPvs(raw: string): boolean {
  if (!raw.includes('pvs@2')) return false;
  try {
    return readMembers(raw).some(({ key, start, end }) => key === '#spec' && raw.slice(start, end) === '"pvs@2"');
  } catch (error) {
    if (error instanceof JsonSyntaxError) return false;
    throw error;
  }
}

/** Reads an entry's value strictly. `reason` is a sentence's end: what is wrong with it. Never throws, whatever the text. */
export function readPvs(raw: string): ReadPvs {
  if (raw.length > maxEntry) return wrong('it is larger than any signature');
  const entry = checked(Entry, raw, 'it is no flattened JWS with "#spec": "pvs@2", "protected" and "signature"');
  if (!entry.ok) return entry;
  const { protected: encoded, signature, payload } = entry.value;
  if (encoded.length > maxHeader) return wrong('its header is larger than any signature’s');
  const text = base64UrlText(encoded);
  if (text === undefined) return wrong('its header is no base64url text');
  if (base64UrlText(signature, 'bytes') === undefined) return wrong('its signature is no base64url');
  const header = checked(
    Header,
    text,
    'its header lacks what a pvs signature has (alg, typ "PVS", pvs with include and exclude)',
  );
  if (!header.ok) return header;
  const { alg, pvs, x5c, jwk } = header.value;
  return {
    ok: true,
    pvs: {
      algorithm: alg,
      include: pvs.include,
      exclude: pvs.exclude,
      rawInclude: rawTexts(text, 'include'),
      rawExclude: rawTexts(text, 'exclude'),
      protected: encoded,
      signature,
      payload,
      x5c,
      jwk,
    },
  };
}

function textMembers(jwk: Readonly<Record<string, unknown>>): JwkMembers {
  return Object.fromEntries(Object.entries(jwk).filter((member): member is [string, string] => typeof member[1] === 'string'));
}

function checked<Value>(
  schema: z.ZodType<Value>,
  text: string,
  expected: string,
): { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string } {
  const value = plainJson(text);
  if (value === undefined) return wrong('it is no JSON, or has a name twice');
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const own = parsed.error.issues.find(({ path }) => path[0] === 'crit' || path[0] === 'b64');
  return wrong(own?.message ?? expected);
}

/** JSON whose objects have no name twice: readers differ in which of two they take. Undefined for anything else. */
function plainJson(text: string): unknown {
  const names: Set<string>[] = [];
  let twice = false;
  try {
    const end = scanJson(text, 0, {
      open: () => void names.push(new Set()),
      close: () => void names.pop(),
      key(start, stop) {
        const name = text.slice(start, stop);
        // An escape in a name could hide that it is another one's.
        twice ||= name.includes('\\') || names.at(-1)?.has(name) === true;
        names.at(-1)?.add(name);
      },
      scalar() {},
    });
    if (twice || text.slice(end).trim() !== '') return undefined;
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The source texts of the strings in `pvs.<member>`, without quotes. The header has been read before. */
function rawTexts(header: string, member: string): readonly string[] {
  const pvs = slice(header, 'pvs');
  const list = slice(pvs, member);
  const texts: string[] = [];
  scanJson(list, 0, {
    open() {},
    close() {},
    key() {},
    scalar: (_kind, start, end) => void texts.push(list.slice(start + 1, end - 1)),
  });
  return texts;
}

function slice(object: string, member: string): string {
  const found = readMembers(object).find(({ key }) => key === member);
  return found === undefined ? '[]' : object.slice(found.start, found.end);
}

function wrong(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
