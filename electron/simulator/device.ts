/** A device put together: its life, its disk and its sockets. Decisions are made in `life/`. */
import { join } from 'node:path';
import { DEFAULT_BOARD } from './board.ts';
import { startChatter } from './chatter.ts';
import { scaledClock } from './clock.ts';
import type { ControlledDevice } from './ctrl/model.ts';
import { controlHandler } from './ctrl/router.ts';
import { openDiskImage } from './disk-image.ts';
import { lifeFacts } from './facts.ts';
import { type FaultName, faultSwitches, splitFault } from './faults.ts';
import { collectGarbage } from './garbage.ts';
import { openGate } from './gate.ts';
import { type Deed, startHeart } from './heart.ts';
import { type DeviceHub, openDeviceHub } from './hub-side/on-disk.ts';
import { voiceOf } from './life/advance.ts';
import { asLeft, restored } from './life/boot.ts';
import { DEVICE_DELAYS, type Life, type Voice } from './life/model.ts';
import { openLogs } from './logs.ts';
import type { ProgressReport, SimulatedDevice, SimulatedDeviceOptions } from './options.ts';
import { selfDescription } from './self-description.ts';
import { openSides } from './sides.ts';

/** Where a container's console is kept; the hub's logs name it as the source. */
const CONSOLE = '/lxc/console.log';

/** How long a device stays without power after a cut, in device seconds. */
const POWER_CUT = 3;

/** Starts a device; resolves once it listens. Rejects where a given port is taken, or the disk cannot be read. */
export async function startSimulatedDevice(options: SimulatedDeviceOptions): Promise<SimulatedDevice> {
  const { dir, name = 'simulated', host = '127.0.0.1', board = DEFAULT_BOARD, bootLoader = 'keeps-try' } = options;
  const storagePath = options.storagePath ?? '/var/pantavisor/storage';
  const clock = options.clock ?? scaledClock(options.timeScale ?? 1);
  const disk = openDiskImage(dir, name, board, options.seed);
  const gate = openGate();
  const logs = openLogs(join(dir, 'logs'), () => clock.now());
  const faults = faultSwitches(faultChanged);
  const delays = { ...DEVICE_DELAYS, ...options.delays };
  const facts = lifeFacts({ ...disk, faults, delays, bootLoader, awaitsHub: (revision) => hub?.awaits(revision) ?? false });
  let hub: DeviceHub | undefined;
  const describeItself = selfDescription(disk, board, clock);
  const listeners = new Set<(report: ProgressReport) => void>();
  const idleWaiters = new Set<() => void>();

  const heart = startHeart({ first: restored(disk.record.boot), facts, clock, perform, changed });
  const controlled: ControlledDevice = {
    ...disk,
    faults,
    clock,
    life: heart.life,
    happen: heart.happen,
    answering: gate.enter,
    collectGarbage: () => collectGarbage(disk, logs, heart.life()),
    stoppedDaemons: new Set(),
    setSsh: (on) => (on ? ssh.open() : ssh.shut()),
    hub: () => hub,
    log: (line) => logs.runtime(heart.life().boot.running, 'DEBUG', line),
  };
  const control = controlHandler(controlled);
  const { sockets, ssh, httpPort } = await openSides({ ...options, dir, host, storagePath, device: controlled, control });

  function perform(deed: Deed): void {
    switch (deed.kind) {
      case 'progress':
        keepProgress(deed);
        break;
      case 'log':
        logs.runtime(heart.life().boot.running, deed.level, `[${deed.module}]: ${deed.text}`);
        hub?.log('pantavisor', deed.module, deed.level, deed.text);
        break;
      case 'console':
        logs.console(heart.life().boot.running, deed.container, deed.line);
        hub?.log(deed.container, CONSOLE, 'INFO', deed.line);
        break;
    }
  }

  /** The logs of a failure stay with the revision when it is run again, and so does how often it was tried. */
  function keepProgress({ revision, progress }: ProgressReport): void {
    const before = disk.trail.progress(revision);
    const logs = progress.logs ?? before?.logs;
    const kept = { ...progress, retries: Math.max(progress.retries, before?.retries ?? 0) };
    disk.trail.putProgress(revision, logs === undefined ? kept : { ...kept, logs });
    hub?.progress({ revision, progress: kept });
    for (const listener of listeners) listener({ revision, progress });
  }

  function changed(life: Life): void {
    speak(faults.has('not-answering') && voiceOf(life) === 'answering' ? 'silent' : voiceOf(life));
    const idle = life.phase.kind === 'idle';
    disk.writeRecord({ boot: life.boot, updating: !idle });
    describeItself(life);
    hub?.changed(life);
    if (idle) {
      for (const resolve of idleWaiters) resolve();
      idleWaiters.clear();
    }
    if (life.phase.kind === 'testing' && faults.has('power-cut-in-testing')) {
      faults.clear('power-cut-in-testing');
      heart.happen({ kind: 'cut', what: 'board', seconds: POWER_CUT });
    }
  }

  /** A device that goes away takes its sockets with it. */
  function speak(voice: Voice): void {
    const before = gate.voice();
    if (voice === before) return;
    if (voice === 'gone') for (const side of [...sockets, ssh]) side.shut();
    else if (before === 'gone') for (const side of [...sockets, ssh]) side.open();
    gate.setVoice(voice);
  }

  function faultChanged(fault: FaultName, on: boolean): void {
    const [kind, container] = splitFault(fault);
    if (kind === 'changed-host-key') ssh.showHostKey(on ? 'other' : 'own');
    if (kind === 'not-answering') changed(heart.life());
    if (container !== undefined && (kind === 'crash-loop' || kind === 'cannot-start')) {
      heart.happen({ kind: 'misbehaviour', name: container, misbehaviour: faults.misbehaviourOf(container) });
    }
  }

  if (options.hub) {
    const log = (level: 'DEBUG' | 'INFO' | 'WARN', text: string): void => logs.runtime(heart.life().boot.running, level, text);
    const device = { ...disk, clock, faults, facts, board, life: heart.life, happen: heart.happen, log };
    hub = openDeviceHub(device, options.hub);
  }
  for (const fault of options.faults ?? []) faults.set(fault);
  if (disk.record.updating) heart.happen({ kind: 'power-on' });
  else heart.resume(asLeft(disk.record.boot, facts));
  const chatter = options.logLines ? startChatter(options.logLines, logs, heart.life, () => gate.voice() !== 'gone') : undefined;
  logs.runtime(heart.life().boot.running, 'INFO', `[controller]: ${name} runs revision ${heart.life().boot.running}`);

  return {
    name,
    host,
    ...(httpPort === undefined ? {} : { httpPort }),
    ...(ssh.port === undefined ? {} : { sshPort: ssh.port }),
    ...(options.controlSocket === undefined ? {} : { controlSocket: options.controlSocket }),
    get hostKey() {
      return ssh.hostKey();
    },
    get hostKeyFingerprint() {
      return ssh.hostKey().fingerprint;
    },
    storagePath,
    hub: () => hub?.standing(),
    announcement: () => hub?.announcement(),
    faults,
    life: heart.life,
    boot: () => heart.life().boot,
    progress: disk.trail.progress,
    hasObject: disk.objects.has,
    objectFile: disk.objects.path,
    linesPrinted: () => chatter?.written ?? 0,
    run: (revision) => heart.happen({ kind: 'command', command: { kind: 'run', revision, commit: false } }),
    onProgress(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    whenIdle: () => (heart.life().phase.kind === 'idle' ? Promise.resolve() : new Promise((resolve) => idleWaiters.add(resolve))),
    powerCut: ({ what = 'board', seconds = POWER_CUT } = {}) => heart.happen({ kind: 'cut', what, seconds }),
    powerOn: () => heart.happen({ kind: 'power-on' }),
    async close() {
      chatter?.stop();
      clock.close();
      gate.setVoice('gone');
      await hub?.close();
      await Promise.all([...sockets, ssh].map((side) => side.close()));
    },
  };
}
