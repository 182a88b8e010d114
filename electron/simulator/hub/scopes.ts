/** Scopes: what a token allows (hub: utils/scopes.go). */
import type { Claims } from './call.ts';
import { panic, type Refusal, refuse } from './reply.ts';

export const SCOPE_PREFIX = 'prn:pantahub.com:apis:/base/';
export const ALL_SCOPES = `${SCOPE_PREFIX}all`;

const NAMES = new Set(
  ['all', 'profile', 'profile.readonly', 'user.readonly', 'user.write'].concat(
    ['devices', 'trails', 'objects', 'metrics'].flatMap((area) => [area, `${area}.readonly`, `${area}.write`, `${area}.change`]),
  ),
);

const full = (names: readonly string[]): readonly string[] => names.map((name) => SCOPE_PREFIX + name);

export const READ_DEVICES = full(['all', 'devices', 'devices.readonly']);
export const WRITE_DEVICES = full(['all', 'devices', 'devices.write']);
export const UPDATE_DEVICES = full(['all', 'devices', 'devices.change']);
export const READ_TRAILS = full(['all', 'trails', 'trails.readonly']);
export const WRITE_TRAILS = full(['all', 'trails', 'trails.write']);
export const READ_OBJECTS = full(['all', 'devices', 'objects', 'objects.readonly']);
export const WRITE_OBJECTS = full(['all', 'devices', 'objects', 'objects.write']);
export const ANY_SCOPE: readonly string[] = [];

export function allows(needed: readonly string[], claims: Claims): boolean {
  return needed.length === 0 || needed.some((scope) => claims.scopes.includes(scope));
}

/** 403 with a challenge whose line breaks and tabs Go's server has made blanks. */
export function insufficientScope(needed: readonly string[], authEndpoint: string): Refusal {
  const challenge = [
    'Bearer Realm="pantahub services"',
    `ph-aeps="${authEndpoint}"`,
    `scope="${needed.join(' ')}"`,
    'error="insufficient_scope"',
    'error_description="The request requires higher privileges than provided by the access token"',
  ];
  return refuse(403, 'InSufficient Scopes', '', { 'WWW-Authenticate': challenge.join(',         ') });
}

/**
 * The scopes asked for at login, prefixed where they are not (hub: utils/scopes.go, ScopeStringFilterBy).
 * @param only what a scope must contain to be granted
 */
export function requestedScopes(text: string, only = ''): readonly string[] {
  return text
    .split(/\s+/)
    .filter((scope) => scope !== '' && scope.includes(only))
    .map((scope) => (scope.includes(SCOPE_PREFIX) ? scope : SCOPE_PREFIX + scope));
}

/**
 * What an API token's scopes become (hub: utils/scopes.go, ParseScopes and MarshalScopes). A short form panics, which is a 500;
 * a full one that nobody knows becomes a scope without service and name: `/`.
 */
export function tokenScopes(scopes: readonly string[]): readonly string[] {
  return scopes.map((scope) => {
    const name = scope.split(SCOPE_PREFIX)[1];
    if (name === undefined) throw panic('index out of range [1] with length 1');
    return NAMES.has(name) ? SCOPE_PREFIX + name : '/';
  });
}
