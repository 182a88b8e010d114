import { describe, expect, it } from 'vitest';
import { RevisionName } from '../../shared/state/ids.ts';
import type { StepReport } from '../sources/source.ts';
import { type KnownState, type TimelineInput, timelineOf } from './timelines.ts';

const stateText = (version: number) =>
  `{"#spec":"pantavisor-service-system@1","web/run.json":{"name":"web","type":"lxc","restart_policy":"container","v":${version}}}`;

function step(
  index: number,
  status: string,
  date: string | undefined = new Date(1.7e12 + index * 1000).toISOString(),
): StepReport {
  return { name: RevisionName.parse(`locals/r${index}`), date, message: '', progress: { status, message: '' } };
}

/** A trail whose states are at hand, and how often the texts of them were read. */
function trail(steps: readonly StepReport[], prefix: string) {
  const reads = { count: 0 };
  const states = new Map<string, KnownState>(
    steps.map(({ name }, index) => [
      name,
      {
        hash: `${prefix}${index}`,
        text: () => {
          reads.count += 1;
          return stateText(index);
        },
      },
    ]),
  );
  const input: TimelineInput = {
    steps,
    heardAt: 1,
    running: steps.at(-1)?.name,
    stateOf: (revision) => states.get(revision),
    updates: new Map(),
    stages: () => [],
    older: false,
    hasTime: () => true,
  };
  return { input, reads };
}

describe('the timeline', () => {
  it('says where each revision came from and what it did, newest first, whatever order the device lists them in', () => {
    const steps = [step(2, 'ERROR'), step(0, 'DONE'), step(3, 'UPDATED'), step(1, 'UPDATED')];
    const { revisions } = timelineOf(trail(steps, 'order').input).timeline;
    expect(revisions.map(({ revision, from, forecast }) => [revision, from, forecast])).toEqual([
      ['locals/r3', 'locals/r1', 'non-reboot'],
      ['locals/r2', 'locals/r1', 'non-reboot'],
      ['locals/r1', 'locals/r0', 'non-reboot'],
      ['locals/r0', undefined, undefined],
    ]);
  });

  it('keeps the order of the device where dates are equal, and puts undated revisions first', () => {
    const date = '2026-01-01T00:00:00Z';
    const undated = { ...step(2, 'NEW'), date: undefined };
    const { revisions } = timelineOf(trail([step(0, 'DONE', date), step(1, 'UPDATED', date), undated], 'equal').input).timeline;
    expect(revisions.map(({ revision }) => revision)).toEqual(['locals/r1', 'locals/r0', 'locals/r2']);
  });

  it('of 2,000 revisions is worked out in pieces, newest first, and then reads no state any more', () => {
    const steps = Array.from({ length: 2000 }, (_, index) => step(index, index % 10 === 0 ? 'DONE' : 'UPDATED'));
    const { input, reads } = trail(steps, 'many');
    let left = 100;
    const slice = () => timelineOf({ ...input, hasTime: () => left-- > 0 });
    const first = slice();
    expect(first.complete).toBe(false);
    expect(first.timeline.revisions.findIndex(({ parts }) => parts === undefined)).toBe(100);
    expect(timelineOf(input).complete).toBe(true);
    const before = reads.count;
    left = 0;
    const { timeline, complete } = slice();
    expect([complete, reads.count - before]).toEqual([true, 0]);
    expect(timeline.revisions.filter(({ parts }) => parts !== undefined)).toHaveLength(1999);
  });
});
