import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ErrorCode, TrailbossError } from '../../../shared/contract/errors.ts';
import { Way } from './way.ts';

const never = new AbortController().signal;
const problem = (code: ErrorCode) => new TrailbossError(code, { what: `${code}.`, unchanged: 'All.', next: 'Wait.' });

beforeEach(() => void vi.useFakeTimers({ now: 1000 }));
afterEach(() => void vi.useRealTimers());

/** A way whose tries end as `outcomes` say, one after the other; the last one stays. */
function wayThat(...outcomes: readonly (ErrorCode | 'opens' | 'breaks')[]) {
  let tries = 0;
  const changes: string[] = [];
  const way: Way = new Way({
    configured: true,
    now: Date.now,
    onChange: () => changes.push(way.status.kind),
    attempt: async () => {
      const outcome = outcomes[Math.min(tries, outcomes.length - 1)];
      tries += 1;
      if (outcome === 'breaks') throw new TypeError('a mistake');
      if (outcome !== 'opens' && outcome !== undefined) throw problem(outcome);
    },
  });
  return { way, changes, tries: () => tries };
}

describe('Way', () => {
  it('is open once the device was heard, and says when', async () => {
    const { way, changes } = wayThat('opens');
    expect(way.status).toEqual({ kind: 'connecting' });
    await way.connect(never);
    expect(way.status).toEqual({ kind: 'open', heardAt: 1000 });
    vi.setSystemTime(2000);
    await way.use(async () => 'x');
    expect(way.status).toEqual({ kind: 'open', heardAt: 2000 });
    expect(changes).toEqual(['open']);
    way.close();
  });

  it('waits longer before it tries again by itself where it is told to be patient, and not where it is asked', async () => {
    let tries = 0;
    const way = new Way({
      configured: true,
      now: Date.now,
      patience: () => 20,
      onChange: () => undefined,
      attempt: async () => {
        tries += 1;
        throw problem('UNREACHABLE');
      },
    });
    await way.connect(never);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(tries).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(tries).toBe(2);
    await way.connect(never);
    expect(tries).toBe(3);
    way.close();
  });

  it('is silent since the first failure, tries again by itself ever slower, and opens again', async () => {
    const { way, changes, tries } = wayThat('opens', 'NOT_ANSWERING', 'NOT_ANSWERING', 'NOT_ANSWERING', 'opens');
    await way.connect(never);
    vi.setSystemTime(5000);
    await expect(way.use(() => Promise.reject(problem('NOT_ANSWERING')))).rejects.toMatchObject({ code: 'NOT_ANSWERING' });
    expect(way.status).toMatchObject({ kind: 'silent', since: 5000, heardAt: 1000 });
    expect(way.isKnownToWork).toBe(true);
    const triesAfter: number[] = [];
    for (let ms = 0; ms < 20_000; ms += 500) {
      const before = tries();
      await vi.advanceTimersByTimeAsync(500);
      if (tries() > before) triesAfter.push(ms + 500);
    }
    expect(triesAfter).toEqual([1000, 3000, 7000, 15_000]);
    expect(way.status).toEqual({ kind: 'open', heardAt: 20_000 });
    expect(changes).toEqual(['open', 'silent', 'open']);
    way.close();
  });

  it('takes a refusal for an answer', async () => {
    const { way } = wayThat('opens');
    await way.connect(never);
    for (const code of [
      'DEVICE_BUSY',
      'NOT_FOUND',
      'NO_SPACE',
      'BAD_CHECKSUM',
      'REFUSED_BY_DEVICE',
      'NAME_TAKEN',
      'BAD_STATE',
    ] as const) {
      await expect(way.use(() => Promise.reject(problem(code)))).rejects.toMatchObject({ code });
      expect(way.isOpen).toBe(true);
    }
    way.close();
  });

  it('learns nothing from what is not the device’s doing', async () => {
    const { way } = wayThat('opens');
    for (const code of ['CANCELLED', 'BAD_INPUT', 'LOCAL_STORAGE'] as const) {
      await expect(way.use(() => Promise.reject(problem(code)))).rejects.toMatchObject({ code });
      expect(way.status.kind).toBe('connecting');
    }
    way.close();
  });

  it.each(['HOST_KEY_UNKNOWN', 'HOST_KEY_CHANGED', 'LOGIN_REFUSED', 'PASSPHRASE_NEEDED'] as const)(
    'waits for a person after %s',
    async (code) => {
      const { way, tries } = wayThat(code, 'opens');
      await way.connect(never);
      expect(way.status).toMatchObject({ kind: 'blocked', problem: { code } });
      await expect(way.ready(never)).rejects.toMatchObject({ code });
      await vi.advanceTimersByTimeAsync(600_000);
      expect(tries()).toBe(1);
      await way.connect(never);
      expect(way.isOpen).toBe(true);
      way.close();
    },
  );

  it('tries a refused login again when it worked before: a booting device may not have its keys yet', async () => {
    const { way } = wayThat('opens', 'LOGIN_REFUSED', 'opens');
    await way.connect(never);
    await way.connect(never);
    expect(way.status.kind).toBe('blocked');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(way.isOpen).toBe(true);
    way.close();
  });

  it('is worth another try only when something may have changed', async () => {
    let accepted = false;
    const outcomes: (ErrorCode | undefined)[] = [
      'NOT_ANSWERING',
      'HOST_KEY_UNKNOWN',
      'LOGIN_REFUSED',
      'PASSPHRASE_NEEDED',
      undefined,
    ];
    const attempt = async () => {
      const code = outcomes.shift();
      if (code !== undefined) throw problem(code);
    };
    const way = new Way({
      configured: true,
      now: Date.now,
      onChange: () => undefined,
      attempt,
      unblocked: () => accepted,
    });
    const worthAfter = async (ms: number) => {
      vi.setSystemTime(Date.now() + ms);
      return way.isWorthATry();
    };
    expect(way.isWorthATry()).toBe(true);
    await way.connect(never);
    expect([await worthAfter(500), await worthAfter(1500)]).toEqual([false, true]);
    await way.connect(never);
    expect(await worthAfter(600_000)).toBe(false);
    accepted = true;
    expect(way.isWorthATry()).toBe(true);
    await way.connect(never);
    expect([await worthAfter(2000), await worthAfter(8000)]).toEqual([false, true]);
    await way.connect(never);
    expect([await worthAfter(100), await worthAfter(900)]).toEqual([false, true]);
    await way.connect(never);
    expect([way.isOpen, way.isWorthATry()]).toEqual([true, false]);
    way.close();
  });

  it('shares one try between those who wait for it, and lets them leave', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let tries = 0;
    const attempt = () => {
      tries += 1;
      return promise;
    };
    const way = new Way({ configured: true, now: Date.now, onChange: () => undefined, attempt });
    const impatient = new AbortController();
    const first = way.connect(impatient.signal);
    const second = way.connect(never);
    impatient.abort();
    await first;
    expect(way.status.kind).toBe('connecting');
    resolve();
    await second;
    expect(way.isOpen).toBe(true);
    expect(tries).toBe(1);
    way.close();
  });

  it('gives a try up that does not end', async () => {
    const attempt = (signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(problem('CANCELLED'))));
    const way = new Way({ configured: true, now: Date.now, onChange: () => undefined, attempt });
    const connecting = way.connect(never);
    await vi.advanceTimersByTimeAsync(20_000);
    await connecting;
    expect(way.status).toMatchObject({ kind: 'silent', problem: { code: 'NOT_ANSWERING' } });
    way.close();
  });

  it('turns a mistake of this program into a problem that can be shown', async () => {
    const { way } = wayThat('breaks');
    await way.connect(never);
    expect(way.status).toMatchObject({ kind: 'silent', problem: { raw: 'TypeError: a mistake' } });
    await expect(way.use(() => Promise.reject(new Error('x')))).rejects.toBeInstanceOf(TrailbossError);
    way.close();
  });

  it('does nothing after it was closed', async () => {
    const { way, tries } = wayThat('NOT_ANSWERING');
    await way.connect(never);
    way.close();
    await vi.advanceTimersByTimeAsync(600_000);
    await way.connect(never);
    expect(tries()).toBe(1);
  });

  it('is not configured', async () => {
    const way = new Way({
      configured: false,
      now: Date.now,
      onChange: () => undefined,
      attempt: async () => undefined,
    });
    await way.connect(never);
    expect(way.status).toEqual({ kind: 'not-configured' });
  });
});
