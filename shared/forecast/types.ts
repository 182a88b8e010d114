/** What moving from one state to another will do to a device. */
export type Forecast =
  /** The device's parser rejects a state; the device stays where it was. */
  | { readonly kind: 'refused'; readonly which: 'running' | 'next'; readonly reason: string }
  /** The device's daemon would die: while it reads one of the states, or while it compares them. */
  | { readonly kind: 'crash'; readonly stage: 'running' | 'next' | 'move'; readonly reason: string }
  | Move;

export interface Move {
  readonly kind: 'move';
  readonly transition: 'reboot' | 'non-reboot';
  /** Containers of the running state that are stopped, and started from the next one. Sorted; empty on a reboot. */
  readonly restarts: readonly string[];
  /** Containers that are new. Sorted; empty on a reboot. */
  readonly starts: readonly string[];
  /** Containers that are stopped and gone. Sorted; empty on a reboot. */
  readonly stops: readonly string[];
  /** True: a success ends as DONE, a checkpoint. False: it ends as UPDATED, and becomes one at the next reboot. */
  readonly checkpoint: boolean;
  /** Every entry that differs, those that force a reboot first, and first of all the one at which the device decides. */
  readonly changes: readonly Change[];
}

/** `formatting-only`: the texts differ, but are the same JSON value. The device compares texts, so it can still have an effect. */
export type ChangeKind = 'added' | 'removed' | 'changed' | 'formatting-only';

/** `restart`: of the one container that the entry belongs to; it can also be a first start or a last stop. */
export type ChangeEffect = 'reboot' | 'restart' | 'none';

/**
 * What an entry belongs to, as the device sees it: the name of a container, `bsp` for the base system, or `none`. A container
 * named `bsp` really owns `bsp/…`.
 */
export type ChangePart = string;

export interface Change {
  /** As it stands in the text, escapes and all. */
  readonly key: string;
  readonly part: ChangePart;
  readonly kind: ChangeKind;
  readonly effect: ChangeEffect;
  readonly rule: Rule;
}

/** Why a change has its effect. */
export interface Rule {
  readonly id: RuleId;
  /** One or two sentences for a person. */
  readonly text: string;
  /** File and function of the device's code. */
  readonly source: string;
}

export type RuleId =
  // reboot
  | 'no-owner'
  | 'running-policy-system'
  | 'next-policy-system'
  | 'forgotten-entry'
  // restart
  | 'container-restarts'
  | 'container-starts'
  | 'container-stops'
  | 'owner-lost'
  // none
  | 'specification'
  | 'tool-file'
  | 'signature'
  | 'reserved-prefix'
  | 'device-json-wins'
  | 'reserved-name-repeated'
  | 'json-not-held'
  | 'same-text'
  | 'repeated-key'
  | 'already-forgotten';
