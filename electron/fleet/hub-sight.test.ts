import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HubDeviceId } from '../../shared/contract/hub.ts';
import type { HubDevice, HubStep } from '../sources/hub/hub.ts';
import type { DeviceFacts } from '../storage/device-facts.ts';
import {
  isDoubtful,
  isOnItsWay,
  lacksMessage,
  rememberedSteps,
  runningBy,
  seeDevice,
  seeStep,
  seeSummary,
  seeTrail,
} from './hub-sight.ts';

const id = HubDeviceId.parse('5f0000000000000000000001');

const device = (modifiedAt: number, over: Partial<HubDevice> = {}): HubDevice => ({
  id,
  nick: 'kitchen',
  owner: 'prn:::accounts:/1',
  public: false,
  garbage: false,
  userMeta: {},
  deviceMeta: {},
  createdAt: 1,
  modifiedAt,
  ...over,
});

const step = (revision: number, status: string, changedAt: number, garbage = false): HubStep => ({
  deviceId: id,
  revision,
  message: `post ${revision}`,
  committer: undefined,
  createdAt: changedAt,
  changedAt,
  progress: { status, message: '' },
  stateSha: undefined,
  garbage,
});

/** What really happens on a hub, in order; each event is stamped later than the one before. */
const history = fc
  .array(
    fc.oneof(
      fc.record({ kind: fc.constant('meta' as const), running: fc.nat(5), arch: fc.constantFrom('arm', 'x86') }),
      fc.record({ kind: fc.constant('label' as const), site: fc.constantFrom('lab', 'roof') }),
      fc.record({
        kind: fc.constant('step' as const),
        revision: fc.nat(5),
        status: fc.constantFrom('NEW', 'QUEUED', 'DOWNLOADING', 'INPROGRESS', 'TESTING', 'UPDATED', 'DONE', 'ERROR', 'WONTGO'),
      }),
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((events) => {
    let row = device(1);
    return events.map((event, index) => {
      const at = 10 + index;
      if (event.kind === 'step') return { step: step(event.revision, event.status, at) };
      const userMeta = event.kind === 'label' ? { 'label.site': event.site } : row.userMeta;
      const deviceMeta =
        event.kind === 'meta' ? { 'pantavisor.revision': String(event.running), 'pantavisor.arch': event.arch } : row.deviceMeta;
      row = device(at, { userMeta, deviceMeta });
      return { device: row };
    });
  });
type Row = { readonly device?: HubDevice; readonly step?: HubStep };

const fold = (rows: readonly Row[], known: DeviceFacts = {}): DeviceFacts =>
  rows.reduce((facts, row) => {
    const seen = row.device ? seeDevice(facts, row.device) : facts;
    return row.step ? seeStep(seen, row.step) : seen;
  }, known);

/** When the device spoke can only be told from rows in their order. */
const lasting = ({ hub, ...facts }: DeviceFacts) => {
  const { spokeAt: _order, ...rest } = hub ?? { steps: [] };
  return { ...facts, hub: rest };
};

/** As a listing tells it: only the newest row of the device and of each revision. */
const newestOnly = (rows: readonly Row[]): readonly Row[] =>
  rows.filter((row, index) => {
    const later = rows.slice(index + 1);
    if (row.device) return !later.some((other) => other.device);
    return !later.some((other) => other.step && other.step.revision === row.step?.revision);
  });

describe('what a hub told of a device', () => {
  it('is the same from the whole feed as from a listing', () =>
    fc.assert(
      fc.property(history, (rows) => {
        expect(lasting(fold(rows))).toEqual(lasting(fold(newestOnly(rows))));
      }),
    ));

  it('does not depend on the order of the rows, on rows that come twice, or on gaps that a later row closes', () =>
    fc.assert(
      fc.property(
        history.chain((rows) =>
          fc.tuple(
            fc.constant(rows),
            fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2 }),
            fc.subarray([...rows]),
          ),
        ),
        ([rows, shuffled, some]) => {
          const whole = lasting(fold(rows));
          expect(lasting(fold(shuffled))).toEqual(whole);
          expect(lasting(fold(newestOnly(rows), fold(some)))).toEqual(whole);
        },
      ),
    ));

  it('is the very same when nothing is new', () =>
    fc.assert(
      fc.property(history, (rows) => {
        const facts = fold(rows);
        for (const row of rows) expect(fold([row], facts)).toBe(facts);
      }),
    ));

  it('never remembers more than the newest revisions and the one that runs', () => {
    const running = fold([{ device: device(5, { deviceMeta: { 'pantavisor.revision': '2' } }) }]);
    const facts = Array.from({ length: 40 }, (_, revision) => step(revision, 'DONE', 10 + revision)).reduce(seeStep, running);
    expect(facts.hub?.steps).toHaveLength(rememberedSteps + 1);
    expect(facts.hub?.steps[0]?.revision).toBe(2);
  });
});

describe('when a device was there', () => {
  const heard = fold([{ device: device(100, { deviceMeta: { 'pantavisor.revision': '3' } }) }]);
  it('is when it wrote its metadata, not when a person wrote to it', () => {
    const labelled = fold(
      [{ device: device(900, { ...heard, deviceMeta: { 'pantavisor.revision': '3' }, userMeta: { 'label.a': 'b' } }) }],
      heard,
    );
    expect([heard.hub?.spokeAt, labelled.hub?.spokeAt, labelled.labels]).toEqual([100, 100, { a: 'b' }]);
    expect(fold([{ step: step(4, 'NEW', 950) }], labelled).hub?.spokeAt).toBe(100);
    expect(fold([{ step: step(4, 'QUEUED', 960) }], labelled).hub?.spokeAt).toBe(960);
  });
  it('is not known of one that never told anything', () => {
    expect(fold([{ device: device(50) }]).hub?.spokeAt).toBeUndefined();
  });
});

describe('the overview, which comes late', () => {
  const summary = (status: string, touchedAt: number) => ({
    deviceId: id,
    revision: 4,
    progressRevision: 4,
    status,
    statusMessage: '',
    touchedAt,
  });
  const statusOf = (facts: DeviceFacts) => facts.hub?.steps.find((one) => one.revision === 4)?.status;
  it('tells of a revision that nothing else told of, and is overtaken by what the changes tell', () => {
    const late = seeSummary({}, summary('INPROGRESS', 50));
    const done = seeStep(late, step(4, 'DONE', 40));
    expect([statusOf(late), statusOf(done), statusOf(seeSummary(done, summary('INPROGRESS', 40)))]).toEqual([
      'INPROGRESS',
      'DONE',
      'DONE',
    ]);
    expect(statusOf(seeSummary(done, summary('ERROR', 90)))).toBe('ERROR');
  });
});

describe('a trail that was asked for', () => {
  it('takes the place of what was remembered, but for what is newer', () => {
    const known = fold([{ step: step(3, 'DONE', 10) }, { step: step(4, 'TESTING', 40) }, { step: step(5, 'NEW', 41) }]);
    const read = seeTrail(known, [step(3, 'DONE', 10), step(4, 'INPROGRESS', 30)]);
    expect(read.hub?.steps.map(({ revision, status }) => `${revision} ${status}`)).toEqual(['3 DONE', '4 TESTING']);
  });
  it('is needed where the running revision is not among what was told', () => {
    const told = fold([{ device: device(5, { deviceMeta: { 'pantavisor.revision': '2' } }) }, { step: step(3, 'ERROR', 6) }]);
    expect([isDoubtful({}), isDoubtful(told), isDoubtful(seeStep(told, step(2, 'DONE', 3)))]).toEqual([true, true, false]);
    expect(told.hub && runningBy(told.hub)).toBe('2');
  });
});

it('the message of the running revision is known by its step alone, and an empty one is known too', () => {
  const running = (revision: string) => device(5, { deviceMeta: { 'pantavisor.revision': revision } });
  const overview = { deviceId: id, revision: 3, progressRevision: 3, status: 'DONE', statusMessage: '', touchedAt: 5 };
  const summed = seeSummary(seeDevice({}, running('3')), overview);
  const empty = seeStep(summed, { ...step(3, 'DONE', 6), message: '' });
  const local = seeDevice({}, running('locals/mine'));
  expect([{}, summed, seeStep(summed, step(3, 'DONE', 6)), empty, local].map(lacksMessage)).toEqual([
    false,
    true,
    false,
    false,
    false,
  ]);
});

it('a revision of which nothing is heard any more is not on its way: a stuck device must not have the hub asked every few seconds', () => {
  const facts = seeStep({}, step(3, 'DOWNLOADING', 1_000_000));
  expect(isOnItsWay(facts, 1_060_000)).toBe(true);
  expect(isOnItsWay(facts, 2_000_000)).toBe(false);
  expect(isOnItsWay(seeStep(facts, step(3, 'DONE', 1_100_000)), 1_110_000)).toBe(false);
});

it('what its owner does to a revision is no word from the device', () => {
  const facts = seeStep({}, step(3, 'INPROGRESS', 1_000_000));
  const given = {
    ...step(3, 'WONTGO', 2_000_000),
    progress: { status: 'WONTGO', message: 'Mark as WONTGO as requested by owner' },
  };
  expect(seeStep(facts, given).hub?.spokeAt).toBe(1_000_000);
  expect(seeStep(facts, step(3, 'WONTGO', 2_000_000)).hub?.spokeAt).toBe(2_000_000);
});
