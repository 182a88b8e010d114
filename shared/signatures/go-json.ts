/**
 * JSON as Go's encoding/json writes it (Marshal, and MarshalIndent with `indent`): members in the order given, `<`, `>`, `&`, U+2028 and
 * U+2029 escaped, other control characters than tab, newline and return as `\u00xx` (Go before 1.22 so for \b and \f too).
 */
export function goJson(value: unknown, indent?: string): string {
  return JSON.stringify(value, undefined, indent)
    .replace(/\\./g, (escaped) => (escaped === '\\b' ? '\\u0008' : escaped === '\\f' ? '\\u000c' : escaped))
    .replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
