/**
 * What can be made to go wrong with a simulated device, by name. A fault is on from `set` until `clear`; those with an argument
 * are written `name:argument`, and several of them may be on at once.
 */
export type FaultDescription = {
  readonly name: string;
  /** What stands after the colon, where there is something. */
  readonly argument?: string;
  readonly what: string;
};

/** Every fault there is; the screens and the tests read this table. */
export const FAULTS = [
  { name: 'crash-loop', argument: 'container', what: 'The container exits at once in every revision but the last checkpoint.' },
  {
    name: 'cannot-start',
    argument: 'container',
    what: 'The container cannot be started in any revision but the last checkpoint.',
  },
  {
    name: 'missing-object',
    what: 'One object of the next revision is gone when the device checks it, after the containers were stopped.',
  },
  { name: 'corrupt-object', what: 'One object of the next revision has other bytes when the device checks it.' },
  { name: 'wrong-hash', what: 'Every object that is uploaded is refused: 422 "Object has bad checksum".' },
  { name: 'no-space', what: 'Uploads are refused: 507 "Not enough disk space available".' },
  { name: 'not-answering', what: 'Connections are accepted and never answered.' },
  { name: 'changed-host-key', what: 'The SSH server shows another host key, as after the device was flashed anew.' },
  {
    name: 'power-cut-in-testing',
    what: 'Power is lost as soon as the next update reports TESTING; it comes back by itself. Once.',
  },
  { name: 'slow-upload', argument: 'bytes per second', what: 'Object uploads are taken in no faster than this.' },
  { name: 'cut-upload-after', argument: 'bytes', what: 'The connection is reset once so many bytes of an object have arrived.' },
  { name: 'slow-download', argument: 'bytes per second', what: 'Objects come from the hub no faster than this, in device time.' },
  { name: 'no-hub', what: 'The device has no way to its hub: every request to it is lost.' },
  {
    name: 'racing-channels',
    what: 'Of two commands that start at the same moment over SSH the later one fails with exit 2, as the device’s login wrapper makes them.',
  },
  { name: 'html-instead-of-json', what: 'Every reply is a web page with status 200.' },
  { name: 'truncated-reply', what: 'Replies end in the middle of the body.' },
  { name: 'endless-reply', what: 'Replies go on for ever.' },
  { name: 'garbage', what: 'Replies are bytes that are no JSON.' },
  { name: 'wontgo', what: 'The next revision is refused: WONTGO "State not fully covered by signatures".' },
] as const satisfies readonly FaultDescription[];

type WithArgument = Extract<(typeof FAULTS)[number], { argument: string }>['name'];
type WithoutArgument = Exclude<(typeof FAULTS)[number]['name'], WithArgument>;

/** The name of a fault as it is switched on: `no-space`, `crash-loop:web`, `slow-upload:20000`. */
export type FaultName = WithoutArgument | `${WithArgument}:${string}`;

export interface Faults {
  set(name: FaultName): void;
  /** Without a name, all of them. */
  clear(name?: FaultName): void;
  list(): readonly FaultName[];
}

/** The faults of one device, as the rooms of the simulator ask for them. */
export interface FaultSwitches extends Faults {
  has(name: WithoutArgument): boolean;
  /** The argument of a fault that is on, as a number of whatever the table says. */
  amount(name: 'slow-upload' | 'cut-upload-after' | 'slow-download'): number | undefined;
  /** What is wrong with a container while it runs in a revision that is no checkpoint. */
  misbehaviourOf(container: string): 'crashes' | 'cannot-start' | undefined;
}

/** @param changed called after each change, with the fault that was switched. */
export function faultSwitches(changed: (name: FaultName, on: boolean) => void): FaultSwitches {
  const on = new Set<FaultName>();
  return {
    set(name) {
      if (on.has(name)) return;
      on.add(name);
      changed(name, true);
    },
    clear(name) {
      for (const each of name === undefined ? [...on] : [name]) if (on.delete(each)) changed(each, false);
    },
    list: () => [...on],
    has: (name) => on.has(name),
    amount(name) {
      for (const each of on) {
        const [fault, argument] = splitFault(each);
        if (fault === name && argument !== undefined) return Number(argument);
      }
      return undefined;
    },
    misbehaviourOf(container) {
      if (on.has(`crash-loop:${container}`)) return 'crashes';
      return on.has(`cannot-start:${container}`) ? 'cannot-start' : undefined;
    },
  };
}

/** The two halves of `crash-loop:web`. */
export function splitFault(name: FaultName): readonly [string, string | undefined] {
  const colon = name.indexOf(':');
  return colon < 0 ? [name, undefined] : [name.slice(0, colon), name.slice(colon + 1)];
}
