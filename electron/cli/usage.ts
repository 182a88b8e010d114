import type { CommandLine, StateCommand } from './command-line.ts';

const general = `trailboss says what a Pantavisor device will do with its next state, before it is posted

  trailboss forecast RUNNING NEXT     does moving to it reboot the board, and why
  trailboss compare A B               which entries differ, and how
  trailboss preflight NEXT            what the device will refuse, and what may fail
  trailboss sig ls STATE [NAME…]      what the signatures cover, and whether they hold
  trailboss schema NAME               the JSON Schema of an output (forecast, compare, preflight, sig-ls) or of --facts (facts)

  trailboss COMMAND --help            its options
  trailboss --version

A state is
  state.json           a file with the JSON document
  checkout             a folder that pvr made: what is committed; checkout@working is the working tree
  .pvr                 the .pvr folder of a checkout
  export.tar.gz        what pvr export, or a hub, packed
  192.168.1.20         a device: an IP address or name, with :port where it is not 12368
  http://…             the URL of a pvr endpoint
  -                    standard input, once

Exit codes
  0   no reboot, nothing refused     10   reboots the board
  1   could not be read              11   may fail (preflight, when asked)
  2   usage                          12   differs (compare, when asked)
  20  refused, or a crash            13   not covered by a signature (sig ls, when asked)

The window: npm start. More in docs/command-line.md.`;

const common = `  --json               one JSON document on standard output (trailboss schema says what is in it)
  --timeout SECONDS    for each device that is asked (default 30)
  -h, --help           this text`;

const trust = `  --cacerts FILE       certificates that a signature's chain may end in (PEM); repeatable
  --pubkey FILE        public keys that may sign by themselves (PEM); repeatable`;

const sinceBoot = `  --since-boot STATE   a state that the device went through without a reboot since it booted; oldest first, repeatable.
                       What it does next depends on them`;

const usages: Readonly<Record<StateCommand | 'schema', string>> = {
  forecast: `trailboss forecast [options] RUNNING NEXT

Says what moving from one state to the other does: reboot or not, which entries force it by which rule, which containers restart.

${sinceBoot}
  --fail-on LIST       what gives an exit code other than 0: reboot (10), refused (20), or none.
                       Default: reboot,refused
${common}

Exit codes: 0 no reboot · 10 reboots the board · 20 the device refuses a state, or its daemon would crash · 1 could not be read · 2 usage`,
  compare: `trailboss compare [options] A B

Lists the entries that differ, by part, and inside JSON the members that do.

  --fail-on LIST       changes (12), or none. Default: none
${common}

Exit codes: 0 · 12 they differ, with --fail-on changes · 1 could not be read · 2 usage`,
  preflight: `trailboss preflight [options] NEXT

Says what a device will refuse of the state, what may fail, and what is worth knowing, each with the device's rule and what to do.

  --running STATE      what runs: adds the rules about the move itself
  --device ADDRESS     what runs is asked of this device
  --facts FILE         what is known of the device, as JSON (trailboss schema facts)
${sinceBoot}
${trust}
  --fail-on LIST       refused (20), reboot (10), fails (11), or none. Default: refused
${common}

Exit codes: 0 nothing of it · 20 will be refused · 10 reboots the board, 11 may fail, when asked · 1 could not be read · 2 usage`,
  'sig ls': `trailboss sig ls [options] STATE [NAME…]

Lists the signatures of a state, or those that are named: which entries each covers, and whether it holds. Without --cacerts and --pubkey
nobody is trusted, and a signature that fits its own key counts as it is.

${trust}
  --fail-on LIST       refused (20): one does not hold; unsigned (13): an entry is covered by none; or none. Default: refused
${common}

Exit codes: 0 · 20 a signature is broken, unreadable, or not of a trusted key · 13 unsigned, when asked · 1 could not be read · 2 usage`,
  schema: `trailboss schema NAME

Prints the JSON Schema of an output, or of the file that --facts takes: forecast, compare, preflight, sig-ls, facts.`,
};

export function usageOf(of: Extract<CommandLine, { kind: 'help' }>['of']): string {
  return of === undefined ? general : usages[of];
}
