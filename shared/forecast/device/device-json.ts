import { objectKeys, readLenient, textBehind } from '../lenient/document.ts';
import { checkDiskNames, type Disk, readDisks } from './disks.ts';
import { readGroups } from './groups.ts';
import type { DeviceGroup } from './model.ts';
import { DaemonCrash, Refusal } from './verdicts.ts';

const diskLists = [
  { word: 'disks', unknownType: 'refuse' },
  { word: 'disks_v2', unknownType: 'refuse' },
  { word: 'disks_v3', unknownType: 'skip' },
] as const;

/**
 * Reads `device.json`: its groups, or `undefined` without any; then the rest is not looked at.
 * Source: pantavisor parser/parser_system1.c, parse_device. What it says of networks is only warned about.
 * @throws Refusal, DaemonCrash
 */
export function readDeviceJson(text: string): readonly DeviceGroup[] | undefined {
  const document = readLenient(text);
  if (document.failure !== undefined) return undefined;
  const groupsText = textBehind(document, 'groups');
  if (groupsText === undefined) return undefined;
  const groups = readGroups(groupsText, 'device.json');
  const disks = diskLists.map(({ word, unknownType }): readonly Disk[] => {
    const list = textBehind(document, word);
    return list === undefined ? [] : readDisks(list, `device.json, ${word}`, unknownType);
  });
  checkDiskNames(disks.flat());
  const volumes = textBehind(document, 'volumes');
  if (volumes !== undefined && !readStorage(volumes, 'device.json, volumes'))
    throw new Refusal('device.json: volumes is no object');
  return groups;
}

/** Whether the device can go through a map of volumes. Source: pantavisor parser/parser_system1.c, parse_storage. @throws DaemonCrash */
export function readStorage(text: string, where: string): boolean {
  const keys = objectKeys(readLenient(text));
  if (keys?.some(({ complete }) => !complete)) throw new DaemonCrash(`${where} holds an unfinished value`);
  return keys !== undefined;
}
