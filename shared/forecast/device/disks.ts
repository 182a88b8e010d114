import { arrayLength, type LenientDocument, readLenient, textBehind, tokenText } from '../lenient/document.ts';
import { Refusal } from './verdicts.ts';
import { walkElements } from './walk.ts';

/** Only what decides whether the device accepts the disks. */
export interface Disk {
  readonly name: string | undefined;
  readonly aliases: readonly string[];
}

/** Source: pantavisor disk/disk.h, pv_disk_str_to_type. */
const diskTypes: ReadonlySet<string> = new Set([
  'dm-crypt-versatile',
  'dm-crypt-caam',
  'dm-crypt-dcp',
  'swap-disk',
  'volume-disk',
  'dual',
]);

/**
 * Reads a list of disks. The `disks_v3` forms skip disks of an unknown type, the older ones refuse the state.
 * Source: pantavisor parser/parser_system1.c, parse_disks_ex.
 * @throws Refusal
 */
export function readDisks(text: string, where: string, unknownType: 'refuse' | 'skip'): readonly Disk[] {
  const document = readLenient(text);
  if (document.failure !== undefined) throw new Refusal(`${where}: ${document.failure}`);
  if (!arrayLength(document)) throw new Refusal(`${where}: the list of disks is empty or no list`);
  const disks: Disk[] = [];
  for (const element of walkElements(document)) {
    if (element.failure !== undefined || element.tokens.length === 0) throw new Refusal(`${where}: an invalid disk entry`);
    const name = textBehind(element, 'name');
    if (diskTypes.has(textBehind(element, 'type') ?? '')) disks.push({ name, aliases: readAliases(element) });
    else if (unknownType === 'refuse') {
      throw new Refusal(
        `${where}: disk ${name ?? 'without a name'} has an unknown type. The device also reads one where a disk before it holds a list, such as aliases: only the last disk may`,
      );
    }
  }
  return disks;
}

/** The texts behind the opening bracket, as many as the list has elements. */
function readAliases(element: LenientDocument): readonly string[] {
  const text = textBehind(element, 'aliases');
  if (text === undefined) return [];
  const list = readLenient(text);
  if (list.failure !== undefined) return [];
  return Array.from({ length: arrayLength(list) ?? 0 }, (_, index) => tokenText(list, index + 1) ?? '');
}

/**
 * Every disk needs a name, and an alias may stand for one disk only.
 * Source: pantavisor disk/disk.c, pv_disk_list_validate.
 * @throws Refusal
 */
export function checkDiskNames(disks: readonly Disk[]): void {
  const names = new Map<string, Set<Disk>>();
  const aliases = new Map<string, Set<Disk>>();
  const claim = (claims: Map<string, Set<Disk>>, word: string, disk: Disk) => {
    const claimants = claims.get(word) ?? new Set();
    claims.set(word, claimants.add(disk));
  };
  for (const disk of disks) {
    if (!disk.name) throw new Refusal('a disk has no name');
    claim(names, disk.name, disk);
    for (const alias of disk.aliases) claim(aliases, alias, disk);
  }
  for (const [alias, claimants] of aliases) {
    if (alias === '') throw new Refusal('a disk has an empty alias');
    const bearers = new Set([...claimants, ...(names.get(alias) ?? [])]);
    if (bearers.size > 1) throw new Refusal(`the disk alias "${alias}" stands for more than one disk`);
  }
}
