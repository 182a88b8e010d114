/** A state as the device holds it in memory after parsing. Source: pantavisor state.h, platforms.h, jsons.h, objects.h. */

export type RestartPolicy = 'system' | 'container';
export type StatusGoal = 'MOUNTED' | 'STARTED' | 'READY';

export interface DeviceGroup {
  readonly name: string;
  /** For containers that do not set their own. */
  readonly restartPolicy: RestartPolicy;
  readonly statusGoal: StatusGoal;
  readonly timeoutSeconds: number;
}

/** Where the groups were read: the device's own file, an entry of the state, or nowhere (then no container can be in one). */
export type GroupsSource = 'defaults' | 'groups.json' | 'device.json' | 'none';

/**
 * Why a container is in its group: `own`: its run.json names it (`group`, or the older `runlevel`). `auto-root`: nobody was in
 * `root`, and it is the first without a group in the order of the text. `default`: the group for the rest, which is `platform`
 * with the device's own groups and the last one with explicit groups.
 */
export type GroupOrigin = 'own' | 'auto-root' | 'default';

/** `own`: set in run.json. `group`: from the group that run.json names. `default-group`: from the group it was put into. */
export type Origin = 'own' | 'group' | 'default-group';

/** A container. What the older multi-platform format leaves open is `undefined`. */
export interface DevicePlatform {
  readonly name: string;
  /** The entry that defines it, such as `web/run.json`. */
  readonly manifest: string;
  /** First segment of that key. The device goes by the name; they usually are the same. */
  readonly folder: string;
  readonly type: string | undefined;
  readonly group: DeviceGroup | undefined;
  readonly groupOrigin: GroupOrigin | undefined;
  readonly restartPolicy: RestartPolicy | undefined;
  readonly restartPolicyOrigin: Origin | undefined;
  readonly statusGoal: StatusGoal | undefined;
  readonly statusGoalOrigin: Origin | undefined;
  /** `mgmt` (may command the device) or nothing: no other role has an effect. */
  readonly roles: readonly 'mgmt'[];
}

/** An entry that the device holds for comparison. */
export interface DeviceEntry {
  readonly key: string;
  /** The bare text that is compared: of a string what is between the quotes, of JSON its characters as they stand. */
  readonly value: string;
  readonly owner: DevicePlatform | undefined;
}

/** What the device makes of a key. */
export type EntryRole =
  | 'specification'
  | 'reserved'
  | 'reserved-prefix'
  | 'manifest'
  | 'services'
  | 'tool-file'
  | 'signature'
  | 'json'
  | 'object';

/** An entry of the text, whether the device holds it or not. */
export interface TextEntry {
  readonly key: string;
  readonly value: string;
  /** The value with the quotes of a string. */
  readonly literal: string;
  readonly role: EntryRole;
}

export interface DeviceModel {
  readonly spec: string;
  /** In the order in which they are started. */
  readonly groups: readonly DeviceGroup[];
  readonly groupsSource: GroupsSource;
  /** In the order of the text. A name can be there twice; then the first one owns the entries. */
  readonly platforms: readonly DevicePlatform[];
  /** Inline JSON, in the order in which the device looks at it: the text backwards, reserved entries last. */
  readonly jsons: readonly DeviceEntry[];
  /** Objects, in the order in which the device looks at them. */
  readonly objects: readonly DeviceEntry[];
  /** Every entry of the text, in its order, looked at or not. */
  readonly entries: readonly TextEntry[];
}

/** What the device compares with: at first the state as parsed; after updates without a reboot it can have drifted from its text. */
export type Memory = Pick<DeviceModel, 'groups' | 'platforms' | 'jsons' | 'objects'>;
