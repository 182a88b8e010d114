import { objectKeys, readLenient, textBehind } from '../lenient/document.ts';
import { DaemonCrash, Refusal } from './verdicts.ts';

/** The ways to name what to boot. `initrd` alone is not enough; any of these is, even `fdt`, because they share a place in memory. */
const bootImages = ['fit', 'rpiab', 'linux', 'fdt'] as const;

/** Source: pantavisor parser/parser_system1.c, parse_bsp; state.h, struct pv_bsp. @throws Refusal */
export function checkBspRun(text: string): void {
  const document = readLenient(text);
  if (!bootImages.some((word) => textBehind(document, word) !== undefined)) {
    throw new Refusal('bsp/run.json names no kernel (linux, fit or rpiab)');
  }
  if (objectKeys(document) === undefined) throw new Refusal('bsp/run.json is no object');
}

/**
 * Only the drivers under `all` are read without a fitconfig in the device's configuration.
 * Source: pantavisor parser/parser_system1.c, parse_bsp_drivers and parse_one_driver.
 * @throws Refusal, DaemonCrash
 */
export function checkBspDrivers(text: string): void {
  for (const { key, value } of namedValues(text, 'bsp/drivers.json')) {
    if (key !== 'all') continue;
    for (const modules of namedValues(value, 'bsp/drivers.json, all')) {
      if (readLenient(modules.value).failure !== undefined) {
        throw new Refusal(`bsp/drivers.json: the modules of driver ${modules.key} cannot be read`);
      }
    }
  }
}

function namedValues(text: string, where: string) {
  const keys = objectKeys(readLenient(text));
  if (keys === undefined) throw new Refusal(`${where} is no object`);
  if (keys.some(({ complete }) => !complete)) throw new DaemonCrash(`${where} holds an unfinished value`);
  return keys;
}
