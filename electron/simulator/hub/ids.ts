/** Names the hub gives to things: object ids, prns, and the words of challenges and nicks. */
import { createHash, randomBytes, randomInt } from 'node:crypto';

let counter = randomInt(0x1000000);
const machine = randomBytes(5).toString('hex');

/** 24 hex digits: seconds, machine, counter. */
export function newObjectId(now: number): string {
  counter = (counter + 1) % 0x1000000;
  const seconds = (Math.floor(now / 1000) >>> 0).toString(16).padStart(8, '0');
  return seconds + machine + counter.toString(16).padStart(6, '0');
}

export function isObjectId(text: string): boolean {
  return /^[0-9a-fA-F]{24}$/.test(text);
}

export function devicePrn(id: string): string {
  return `prn:::devices:/${id}`;
}

export function accountPrn(id: string): string {
  return `prn:::accounts:/${id}`;
}

/** What stands after the first `/` (hub: utils/prnx.go, PrnGetID). */
export function idOfPrn(prn: string): string {
  return prn.slice(prn.indexOf('/') + 1);
}

/** Every account has its own record of an object (hub: objects/service.go, MakeStorageID). */
export function storageId(owner: string, sha: string): string {
  const key = `${owner}/${sha.toLowerCase()}`;
  const known = storageIds.get(key);
  if (known !== undefined) return known;
  const id = createHash('sha256').update(key).digest('hex');
  if (storageIds.size > 50_000) storageIds.clear();
  storageIds.set(key, id);
  return id;
}

const storageIds = new Map<string, string>();

export function isSha256(text: string): boolean {
  return /^[0-9a-fA-F]{64}$/.test(text);
}

const ADVERBS = 'briefly calmly duly early fairly gladly highly jointly kindly lately mainly neatly openly plainly quietly'.split(
  ' ',
);
const ADJECTIVES = 'able bold calm daring eager fair gentle handy ideal just keen liberal modest noble polite ready sharp'.split(
  ' ',
);
const ANIMALS = 'ant bear cod dove eel fox gnat hare ibex jay kite lark mole newt owl pika quail ram seal tern urchin vole'.split(
  ' ',
);

/** As petname.Generate(words, separator): one to three words. */
export function petName(words: 1 | 3, separator: string): string {
  const lists = words === 1 ? [ANIMALS] : [ADVERBS, ADJECTIVES, ANIMALS];
  return lists.map((list) => list[randomInt(list.length)]).join(separator);
}

/**
 * A device's secret. The hub makes 15 characters; one in twenty of those decodes to a text with a colon, is taken for an API token's
 * secret at login, and its device gets an empty token for ever. 17 characters are no base64.
 */
export function newSecret(): string {
  return randomBytes(9).toString('hex').slice(0, 17);
}
