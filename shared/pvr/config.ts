import { canonicalize } from '../state/canonical.ts';
import { JsonSyntaxError } from '../state/json.ts';
import { readMembers } from '../state/json-members.ts';
import { goQuote, indentJson, readValue } from './json-text.ts';

/** `.pvr/config` (repolib.go, PvrConfig). The token maps are never filled by pvr and are kept as they are. */
export interface PvrConfig {
  readonly defaultGetUrl: string;
  readonly defaultPutUrl: string;
  readonly defaultPostUrl: string;
  /** Empty for `.pvr/objects`; a relative one is meant from the checkout's root. */
  readonly objectsDir: string;
  readonly accessTokens: Readonly<Record<string, string>>;
  readonly refreshTokens: Readonly<Record<string, string>>;
}

export type ParsedConfig = { readonly ok: true; readonly config: PvrConfig } | { readonly ok: false; readonly reason: string };

export const emptyConfig: PvrConfig = {
  defaultGetUrl: '',
  defaultPutUrl: '',
  defaultPostUrl: '',
  objectsDir: '',
  accessTokens: {},
  refreshTokens: {},
};

const texts = {
  defaultgeturl: 'defaultGetUrl',
  defaultputurl: 'defaultPutUrl',
  defaultposturl: 'defaultPostUrl',
  objectsdir: 'objectsDir',
} as const;
const maps = { accesstokens: 'accessTokens', refreshtokens: 'refreshTokens' } as const;

/** Reads it as Go does: names in any case, unknown members ignored, null for nothing. What follows the first value is ignored. */
export function parseConfig(text: string): ParsedConfig {
  try {
    const value = readValue(text);
    if (value.kind !== 'object') return refused('it is no JSON object');
    let config = emptyConfig;
    for (const [name, member] of value.members) {
      const lower = name.toLowerCase();
      if (member.kind === 'literal' && member.text === 'null') continue;
      if (isOf(texts, lower)) {
        if (member.kind !== 'string') return refused(`${name} is no text`);
        config = { ...config, [texts[lower]]: member.text };
      } else if (isOf(maps, lower)) {
        if (member.kind !== 'object') return refused(`${name} is no object`);
        const entries = [...member.members].flatMap(([key, token]) => (token.kind === 'string' ? [[key, token.text]] : []));
        config = { ...config, [maps[lower]]: Object.fromEntries(entries) };
      }
    }
    return { ok: true, config };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return refused(error.message);
    throw error;
  }
}

/** As pvr writes it: Go's field names in Go's order, all six, tabs, no newline at the end. */
export function formatConfig(config: PvrConfig): string {
  const members: readonly (readonly [string, string])[] = [
    ['DefaultGetUrl', goQuote(config.defaultGetUrl)],
    ['DefaultPutUrl', goQuote(config.defaultPutUrl)],
    ['DefaultPostUrl', goQuote(config.defaultPostUrl)],
    ['ObjectsDir', goQuote(config.objectsDir)],
    ['AccessTokens', tokenMap(config.accessTokens)],
    ['RefreshTokens', tokenMap(config.refreshTokens)],
  ];
  return indentJson(`{${members.map(([name, raw]) => `"${name}":${raw}`).join(',')}}`, '\t');
}

function tokenMap(map: Readonly<Record<string, string>>): string {
  const sorted = readMembers(canonicalize(JSON.stringify(map)));
  return `{${sorted.map(({ key }) => `${goQuote(key)}:${goQuote(map[key] ?? '')}`).join(',')}}`;
}

function isOf<Table extends object>(table: Table, name: string): name is Extract<keyof Table, string> {
  return Object.hasOwn(table, name);
}

function refused(reason: string): ParsedConfig {
  return { ok: false, reason: `.pvr/config can't be read: ${reason}.` };
}
