/** The rules by which the device decides, in words for a person. */
import type { DevicePlatform } from './device/model.ts';
import type { ChangeEffect, Rule, RuleId } from './types.ts';

/** What a rule is about. `running`, `next`: the container that owns the entry in that state. */
export interface RuleFacts {
  readonly key: string;
  readonly running?: DevicePlatform | undefined;
  readonly next?: DevicePlatform | undefined;
}

interface RuleEntry {
  readonly effect: ChangeEffect;
  readonly source: string;
  readonly text: (facts: RuleFacts) => string;
}

const comparison = 'pantavisor state.c, pv_state_compare_jsons and pv_state_compare_objects';
const policy = 'pantavisor state.c, pv_state_platform_requires_reboot';
const parser = 'pantavisor parser/parser_system1.c, system1_parse_objects';

const rules: Readonly<Record<RuleId, RuleEntry>> = {
  'no-owner': {
    effect: 'reboot',
    source: comparison,
    text: () => 'It belongs to no container, so it counts as part of the base system.',
  },
  'running-policy-system': {
    effect: 'reboot',
    source: policy,
    text: ({ running }) => `${nameOf(running)} runs with restart policy system (${originOf(running)}).`,
  },
  'next-policy-system': {
    effect: 'reboot',
    source: policy,
    text: ({ next }) => `${nameOf(next)} will have restart policy system (${originOf(next)}).`,
  },
  'forgotten-entry': {
    effect: 'reboot',
    source: 'pantavisor state.c, pv_state_remove_updated_platforms',
    text: () =>
      'It was left behind when its container was removed without a reboot. The device has dropped it from memory, so it looks new, and it belongs to no container.',
  },
  'container-restarts': {
    effect: 'restart',
    source: comparison,
    text: ({ running, next }) => `It belongs to ${nameOf(running ?? next)}, whose restart policy is container.`,
  },
  'container-starts': {
    effect: 'restart',
    source: comparison,
    text: ({ next }) => `It comes with ${nameOf(next)}, a new container whose restart policy is container.`,
  },
  'container-stops': {
    effect: 'restart',
    source: comparison,
    text: ({ running }) => `It belongs to ${nameOf(running)}, which is removed; its restart policy is container.`,
  },
  'owner-lost': {
    effect: 'restart',
    source: 'pantavisor state.c, pv_state_compare_jsons and pv_state_compare_objects (the owner is not checked)',
    text: ({ running }) =>
      `It belongs to ${nameOf(running)}, and to no container in the next state. The device would crash on it, but decides to reboot before it comes there.`,
  },
  specification: {
    effect: 'none',
    source: 'pantavisor parser/parser.c, pv_parser_get_state',
    text: () => 'The specification chooses how the state is read and is not compared.',
  },
  'tool-file': {
    effect: 'none',
    source: parser,
    text: () => 'src.json and build.json in a folder are for tools; the device does not record them.',
  },
  signature: { effect: 'none', source: parser, text: () => 'Signatures are checked, but skipped when states are compared.' },
  'reserved-prefix': {
    effect: 'none',
    source: parser,
    text: ({ key }) => `The device skips "${key}": it is the beginning of a reserved name such as bsp/run.json or disks.json.`,
  },
  'device-json-wins': {
    effect: 'none',
    source: 'pantavisor parser/parser_system1.c, system1_parse_groups and system1_parse_disks',
    text: ({ key }) => `${key} is ignored because device.json is there.`,
  },
  'reserved-name-repeated': {
    effect: 'none',
    source: 'pantavisor utils/json.c, pv_json_get_key_count',
    text: ({ key }) => `The device does not read it: "${key}" stands in the state more than once, as a key or as a value.`,
  },
  'json-not-held': {
    effect: 'none',
    source: 'pantavisor parser/parser_multi1.c, multi1_parse',
    text: () => 'In states of pantavisor-multi-platform@1 inline JSON is not recorded.',
  },
  'same-text': {
    effect: 'none',
    source: comparison,
    text: () => 'The device compares the text without its quotes, and that is the same.',
  },
  'repeated-key': {
    effect: 'none',
    source: 'pantavisor state.c, pv_state_fetch_json and pv_state_fetch_object',
    text: () => 'The key is there more than once, and the device compares with the last one, which is the same.',
  },
  'already-forgotten': {
    effect: 'none',
    source: 'pantavisor state.c, pv_state_remove_updated_platforms',
    text: () =>
      'An earlier update without a reboot has dropped it from the memory of the device, which therefore sees no difference.',
  },
};

/** A rule applied to an entry. */
export function applyRule(id: RuleId, facts: RuleFacts): { readonly effect: ChangeEffect; readonly rule: Rule } {
  const { effect, source, text } = rules[id];
  return { effect, rule: { id, source, text: text(facts) } };
}

function nameOf(platform: DevicePlatform | undefined): string {
  return platform?.name ?? 'a container';
}

function originOf(platform: DevicePlatform | undefined): string {
  const group = platform?.group?.name ?? 'its group';
  switch (platform?.restartPolicyOrigin) {
    case 'own':
      return 'set in its run.json';
    case 'group':
      return `from its group ${group}`;
    case 'default-group':
      return `from the group ${group}, where it is put by default`;
    case undefined:
      return 'unknown';
  }
}
