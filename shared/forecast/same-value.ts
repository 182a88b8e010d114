/** Whether two JSON texts are written differently but mean the same: white space, order of keys, escapes. */
export function isSameValue(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return isDeepEqual(JSON.parse(one), JSON.parse(other)) && longNumbers(one) === longNumbers(other);
  } catch {
    return false;
  }
}

/** Compares with a list of what is left to do, so that no nesting is too deep. */
function isDeepEqual(one: unknown, other: unknown): boolean {
  const left: [unknown, unknown][] = [[one, other]];
  for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
    const [a, b] = pair;
    if (Object.is(a, b) || (a === 0 && b === 0)) continue;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b))
      return false;
    const members = new Map(Object.entries(b));
    const entries = Object.entries(a);
    if (entries.length !== members.size) return false;
    for (const [key, value] of entries) {
      if (!members.has(key)) return false;
      left.push([value, members.get(key)]);
    }
  }
  return true;
}

/** Digits that a number holds exactly whatever they are. */
const EXACT_DIGITS = 15;

/** The numbers that may lose digits when they are parsed, as written, in sorted order. */
function longNumbers(json: string): string {
  const numbers: string[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charAt(at);
    if (character === '"') at = closingQuote(json, at);
    else if (/[-\d]/.test(character)) {
      const start = at;
      while (/[-+.\deE]/.test(json.charAt(at + 1))) at += 1;
      if (at - start >= EXACT_DIGITS) numbers.push(json.slice(start, at + 1));
    }
  }
  return numbers.sort().join(' ');
}

function closingQuote(json: string, open: number): number {
  for (let at = open + 1; at < json.length; at += 1) {
    if (json.charAt(at) === '\\') at += 1;
    else if (json.charAt(at) === '"') return at;
  }
  return json.length;
}
