/** The shell around a device's life: its clock, its disk and its sockets. Decisions are made in `life/`. */
import { join } from 'node:path';
import { DEFAULT_BOARD, storageMeta } from './board.ts';
import { type CancelTimer, scaledClock } from './clock.ts';
import { combinedStatus } from './ctrl/containers.ts';
import type { ControlledDevice } from './ctrl/model.ts';
import { controlHandler } from './ctrl/router.ts';
import { openDiskImage } from './disk-image.ts';
import { lifeFacts } from './facts.ts';
import { type FaultName, faultSwitches, splitFault } from './faults.ts';
import { collectGarbage } from './garbage.ts';
import { openGate } from './gate.ts';
import { type Listener, listen } from './http-listener.ts';
import { advance, misbehave, voiceOf } from './life/advance.ts';
import { restored } from './life/boot.ts';
import { installed } from './life/containers.ts';
import { DEVICE_DELAYS, type Effect, type Life, type LifeEvent, type TimerName } from './life/model.ts';
import { openLogs } from './logs.ts';
import type { ProgressReport, SimulatedDevice, SimulatedDeviceOptions } from './options.ts';
import { pvrHandler } from './pvr/endpoint.ts';
import { startSshSide } from './ssh/side.ts';

/** How long a device stays without power after a cut, in device seconds. */
const POWER_CUT = 3;

/** Starts a device; resolves once it listens. See `index.ts` for what it offers. */
export async function startSimulatedDevice(options: SimulatedDeviceOptions): Promise<SimulatedDevice> {
  const { dir, name = 'simulated', host = '127.0.0.1', timeScale = 1, board = DEFAULT_BOARD } = options;
  const storagePath = options.storagePath ?? '/var/pantavisor/storage';
  const clock = options.clock ?? scaledClock(timeScale);
  const disk = openDiskImage(dir, name, board, options.seed);
  const gate = openGate();
  const logs = openLogs(join(dir, 'logs'), () => clock.now());
  const faults = faultSwitches(faultChanged);
  const facts = lifeFacts({
    ...disk,
    faults,
    delays: { ...DEVICE_DELAYS, ...options.delays },
    bootLoader: options.bootLoader ?? 'keeps-try',
  });
  const timers = new Map<TimerName, CancelTimer>();
  const listeners = new Set<(report: ProgressReport) => void>();
  const idleWaiters = new Set<() => void>();
  const sockets: Listener[] = [];
  let life: Life = restored(disk.record.boot);

  const controlled: ControlledDevice = {
    ...disk,
    faults,
    clock,
    life: () => life,
    happen,
    answering: () => gate.enter(),
    collectGarbage: () => collectGarbage(disk, logs, life),
    setSsh: (on) => (on ? ssh?.open() : ssh?.shut()),
    log: (line) => logs.runtime(life.boot.running, 'DEBUG', `-- ${line}`),
  };

  function happen(event: LifeEvent): void {
    become(advance(life, event, facts));
  }

  function become(next: { readonly life: Life; readonly effects: readonly Effect[] }): void {
    life = next.life;
    for (const effect of next.effects) perform(effect);
    afterChange();
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'arm':
        timers.get(effect.timer)?.();
        timers.set(
          effect.timer,
          clock.after(effect.seconds, () => {
            timers.delete(effect.timer);
            happen({ kind: 'due', timer: effect.timer });
          }),
        );
        return;
      case 'disarm':
        timers.get(effect.timer)?.();
        timers.delete(effect.timer);
        return;
      case 'disarm-all':
        for (const cancel of timers.values()) cancel();
        timers.clear();
        return;
      case 'progress':
        disk.trail.putProgress(effect.revision, effect.progress);
        for (const listener of listeners) listener({ revision: effect.revision, progress: effect.progress });
        return;
      case 'collect-garbage':
        controlled.collectGarbage();
        return;
      case 'log':
        logs.runtime(life.boot.running, effect.level, `[${effect.module}]: ${effect.text}`);
        return;
    }
  }

  /** What follows from any change: the sockets, the boot record, device-meta, and the faults that wait for a phase. */
  function afterChange(): void {
    const voice = faults.has('not-answering') && voiceOf(life) === 'answering' ? 'silent' : voiceOf(life);
    if (voice !== gate.voice()) {
      for (const socket of sockets) voice === 'gone' ? socket.shut() : socket.open();
      if (voice === 'gone') ssh?.shut();
      else ssh?.open();
      gate.setVoice(voice);
    }
    const idle = life.phase.kind === 'idle';
    disk.writeRecord({ boot: life.boot, updating: !idle });
    describe();
    if (idle) {
      for (const resolve of idleWaiters) resolve();
      idleWaiters.clear();
    }
    if (life.phase.kind === 'testing' && faults.has('power-cut-in-testing')) {
      faults.clear('power-cut-in-testing');
      happen({ kind: 'cut', what: 'board', seconds: POWER_CUT });
    }
  }

  /** The runtime sets a key when it changes, so what a client wrote over it stays until then. */
  let described = '';
  function describe(): void {
    const status = life.containers.length === 0 ? undefined : combinedStatus(life.containers);
    const now = `${life.boot.running} ${status}`;
    if (now === described || life.phase.kind === 'off' || life.phase.kind === 'down') return;
    described = now;
    disk.deviceMeta.set('pantavisor.revision', life.boot.running);
    if (status) disk.deviceMeta.set('pantavisor.status', status);
    else disk.deviceMeta.remove('pantavisor.status');
    disk.deviceMeta.set(
      'storage',
      storageMeta(
        board,
        disk.objects.list().reduce((sum, each) => sum + each.bytes, 0),
      ),
    );
  }

  function faultChanged(fault: FaultName, on: boolean): void {
    const [kind, argument] = splitFault(fault);
    if (kind === 'changed-host-key') ssh?.useHostKey(on ? 'other' : 'own');
    if (kind === 'not-answering') afterChange();
    const misbehaviour = argument === undefined ? undefined : faults.misbehaviourOf(argument);
    if (kind === 'crash-loop' || kind === 'cannot-start') {
      life = {
        ...life,
        containers: life.containers.map((each) => {
          if (each.name !== argument || life.boot.running === life.boot.checkpoint) return each;
          const { misbehaviour: _old, ...rest } = each;
          return misbehaviour ? { ...rest, misbehaviour } : rest;
        }),
      };
      if (on && argument !== undefined && life.boot.running !== life.boot.checkpoint) become(misbehave(life, argument, facts));
    }
  }

  /** A device that was idle goes on as it was; one that was cut in the middle of an update boots. */
  function wakeUp(): void {
    if (disk.record.updating) return happen({ kind: 'power-on' });
    const { boot } = disk.record;
    const containers = facts
      .containersOf(boot.running, boot)
      .map((spec) => ({ ...installed(spec), status: 'STARTED' as const, begun: true, stable: true }));
    life = { ...life, phase: { kind: 'idle' }, containers, sinceBoot: [facts.stateOf(boot.running)] };
    afterChange();
  }

  const control = controlHandler(controlled);
  const http =
    options.httpPort === false
      ? undefined
      : await listen({ kind: 'tcp', host, port: options.httpPort ?? 0 }, pvrHandler(controlled, control));
  const unix =
    options.controlSocket === undefined ? undefined : await listen({ kind: 'unix', path: options.controlSocket }, control);
  for (const socket of [http, unix]) if (socket) sockets.push(socket);
  const ssh = await startSshSide({ ...options, dir, host, storagePath, device: controlled, control });
  for (const fault of options.faults ?? []) faults.set(fault);
  wakeUp();

  return {
    name,
    host,
    ...(http ? { httpPort: http.port } : {}),
    ...(ssh.port === undefined ? {} : { sshPort: ssh.port }),
    ...(options.controlSocket === undefined ? {} : { controlSocket: options.controlSocket }),
    get hostKeyFingerprint() {
      return ssh.fingerprint();
    },
    storagePath,
    faults,
    life: () => life,
    boot: () => life.boot,
    progress: (revision) => disk.trail.progress(revision),
    hasObject: (sha) => disk.objects.has(sha),
    objectFile: (sha) => disk.objects.path(sha),
    onProgress(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    whenIdle: () => (life.phase.kind === 'idle' ? Promise.resolve() : new Promise((resolve) => idleWaiters.add(resolve))),
    powerCut: ({ what = 'board', seconds = POWER_CUT } = {}) => happen({ kind: 'cut', what, seconds }),
    powerOn: () => happen({ kind: 'power-on' }),
    async close() {
      clock.close();
      gate.setVoice('gone');
      await Promise.all([...sockets.map((socket) => socket.close()), ssh.close()]);
    },
  };
}
