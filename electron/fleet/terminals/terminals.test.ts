import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { DeviceId, TerminalId } from '../../../shared/contract/ids.ts';
import type { TerminalEvent } from '../../../shared/contract/terminal.ts';
import type { RemoteShell } from '../../net/ssh-shell.ts';
import { joinLinks } from '../../sources/joined.ts';
import { scriptedLan } from '../../sources/scripted-lan.ts';
import type { ShellRequest } from '../../sources/source.ts';
import { mostUntaken } from './output-flow.ts';
import { mostShells, Terminals } from './terminals.ts';

const id = DeviceId.parse('d');
const size = { columns: 80, rows: 24 };
const text = (event: TerminalEvent) => (event.kind === 'output' ? Buffer.from(event.base64, 'base64').toString() : '');

class ScriptedShell implements RemoteShell {
  readonly typed: string[] = [];
  readonly sizes: string[] = [];
  closed = false;
  paused = false;
  say: (text: string) => void = () => undefined;
  readonly #end = Promise.withResolvers<{ code: number | undefined; signal: string | undefined }>();
  readonly ended = this.#end.promise;

  onOutput(listener: (bytes: Uint8Array) => void): void {
    this.say = (said) => listener(Buffer.from(said));
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  async write(bytes: Uint8Array): Promise<void> {
    this.typed.push(Buffer.from(bytes).toString());
  }
  resize({ columns, rows }: typeof size): void {
    this.sizes.push(`${columns}x${rows}`);
  }
  exit(code: number | undefined): void {
    this.#end.resolve({ code, signal: undefined });
  }
  close(): void {
    this.closed = true;
    this.exit(undefined);
  }
}

function house(refusal?: TrailbossError, record = (_deed: { what: string }): void => undefined) {
  const shells: ScriptedShell[] = [];
  const requests: ShellRequest[] = [];
  const removed = new AbortController();
  const done: string[] = [];
  const lan = scriptedLan({
    openShell: async (request) => {
      requests.push(request);
      if (refusal) throw refusal;
      const shell = new ScriptedShell();
      shells.push(shell);
      return shell;
    },
  });
  const device = { id, name: 'web', connection: null, demo: undefined, addedAt: 0 };
  const watch = { link: joinLinks(lan, undefined), record: device, stopped: removed.signal };
  const terminals = new Terminals({
    fleet: { device: () => watch },
    profile: {
      activity: {
        record: (deed: { what: string }) => {
          record(deed);
          done.push(deed.what);
        },
      },
    },
  });
  const open = (container?: string) => {
    const leave = new AbortController();
    const events: TerminalEvent[] = [];
    const stream = terminals.open({ id, container, size }, leave.signal);
    const over = (async () => {
      for await (const event of stream) events.push(event);
    })();
    const opened = async () => {
      await vi.waitFor(() => expect(events[0]?.kind).toBe('opened'));
      const [first] = events;
      if (first?.kind !== 'opened') throw new Error('it was not opened');
      return first.terminalId;
    };
    return { events, over, leave: () => leave.abort(), opened };
  };
  return { terminals, shells, requests, removed, done, open };
}

test('What is typed goes to the shell, what it says to the window, and at the end its exit code', async () => {
  const { terminals, shells, requests, done, open } = house();
  const { events, over, opened } = open('web');
  const terminal = await opened();
  await terminals.type(terminal, Buffer.from('ls\r'));
  terminals.resize(terminal, { columns: 100, rows: 30 });
  shells[0]?.say('bin\r\n');
  await vi.waitFor(() => expect(events.map(text).join('')).toBe('bin\r\n'));
  shells[0]?.exit(3);
  await over;
  expect([shells[0]?.typed, shells[0]?.sizes, requests[0]?.container, done]).toEqual([
    ['ls\r'],
    ['100x30'],
    'web',
    ['opened a shell in web'],
  ]);
  expect(events.at(-1)).toEqual({ kind: 'ended', exitCode: 3 });
  await expect(terminals.type(terminal, Buffer.from('x'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('A window that does not take the output holds the shell back', async () => {
  const { terminals, shells, open } = house();
  const { leave, opened, over } = open();
  const terminal = await opened();
  const [shell] = shells;
  shell?.say('x'.repeat(mostUntaken));
  expect(shell?.paused).toBe(true);
  await vi.waitFor(() => {
    terminals.taken(terminal, mostUntaken);
    expect(shell?.paused).toBe(false);
  });
  leave();
  await over;
});

test('The shell ends with its stream, with its device, and with the program', async () => {
  const { terminals, shells, removed, open } = house();
  const first = open();
  await first.opened();
  first.leave();
  await first.over;
  const second = open();
  await second.opened();
  await terminals.closeAll();
  await second.over;
  expect(second.events.at(-1)).toMatchObject({ kind: 'ended', problem: { code: 'CANCELLED' } });
  expect(shells.map((shell) => shell.closed)).toEqual([true, true]);

  const other = house();
  const third = other.open();
  await third.opened();
  other.removed.abort();
  await third.over;
  expect([other.shells[0]?.closed, third.events.at(-1)?.kind, removed.signal.aborted]).toEqual([true, 'ended', false]);
});

test('A person who closes it is told no problem; a connection that breaks is one', async () => {
  const { terminals, shells, open } = house();
  const first = open();
  terminals.close(await first.opened());
  await first.over;
  expect(first.events.at(-1)).toEqual({ kind: 'ended' });
  const second = open();
  await second.opened();
  shells[1]?.exit(undefined);
  await second.over;
  expect(second.events.at(-1)).toMatchObject({ kind: 'ended', problem: { code: 'NOT_ANSWERING' } });
});

test('A start that another session spoilt is tried once more, and the id stays', async () => {
  const { terminals, shells, open } = house();
  const { events, opened, over } = open();
  const terminal = await opened();
  shells[0]?.say("/usr/bin/fallbear-cmd: .: line 131: can't open '/env-1': No such file or directory\r\n");
  await vi.waitFor(() => expect(events).toHaveLength(2));
  shells[0]?.exit(2);
  await vi.waitFor(() => expect(shells).toHaveLength(2));
  await vi.waitFor(() => terminals.type(terminal, Buffer.from('id\r')));
  expect(shells[1]?.typed).toEqual(['id\r']);
  shells[1]?.exit(2);
  await over;
  expect(events.at(-1)).toEqual({ kind: 'ended', exitCode: 2 });
});

test('A device has so many shells and no more; one that closes makes room', async () => {
  const { open, shells } = house();
  const opened = Array.from({ length: mostShells }, () => open());
  await Promise.all(opened.map((one) => one.opened()));
  await expect(open().over).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
  shells[0]?.exit(0);
  await opened[0]?.over;
  const again = open();
  await again.opened();
  for (const one of [...opened, again]) one.leave();
  await Promise.all([...opened, again].map((one) => one.over));
});

test('A shell that can not be written into the activity is hung up, and not left running on the device', async () => {
  const { terminals, shells, open } = house(undefined, () => {
    throw new TrailbossError('LOCAL_STORAGE', { what: 'The disk is full.', unchanged: '', next: '' });
  });
  await expect(open().over).rejects.toMatchObject({ code: 'LOCAL_STORAGE' });
  expect(shells.map((shell) => shell.closed)).toEqual([true]);
  await terminals.closeAll();
});

test('Why it could not be opened is told, and leaves nothing behind', async () => {
  const refusal = new TrailbossError('LOGIN_REFUSED', { what: 'no', unchanged: '', next: '' });
  const { terminals, open, done } = house(refusal);
  for (let at = 0; at <= mostShells; at += 1) await expect(open().over).rejects.toBe(refusal);
  expect(done).toEqual([]);
  terminals.resize(TerminalId.parse(randomUUID()), size);
});
