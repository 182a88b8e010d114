/** What the program's exit code says. Fixed: scripts rely on it. */
export const exitCodes = {
  /** Nothing that was asked about. */
  fine: 0,
  /** A state could not be read, or a device not reached. */
  unreadable: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** The board reboots. */
  reboot: 10,
  /** The device takes it, and the update may fail. */
  fails: 11,
  /** The states differ. */
  changes: 12,
  /** An entry is covered by no signature. */
  unsigned: 13,
  /** The device refuses the state, or its daemon would crash on it; a signature does not hold. */
  refused: 20,
} as const;

/** What `--fail-on` can name, mildest first. */
export const conditions = ['changes', 'unsigned', 'fails', 'reboot', 'refused'] as const;
export type Condition = (typeof conditions)[number];

/** The code of the gravest condition that is met and that was asked about. */
export function exitCodeOf(met: ReadonlySet<Condition>, failOn: ReadonlySet<Condition>): number {
  const gravest = conditions.findLast((condition) => met.has(condition) && failOn.has(condition));
  return gravest === undefined ? exitCodes.fine : exitCodes[gravest];
}
