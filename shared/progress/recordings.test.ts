import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkpointBefore, type TrailRevision } from './checkpoint.ts';
import { explain } from './explain.ts';
import { parseLogs } from './logs.ts';
import { type HeardReport, Progress } from './report.ts';
import { stagesOf } from './stages.ts';

const Line = z.object({
  t_ms: z.number(),
  what: z.string(),
  status: z.number().nullable(),
  body: z.unknown(),
  elapsed_ms: z.number(),
});
const Step = z.object({ name: z.string(), date: z.string(), progress: Progress });
const Meta = z.object({ 'pantavisor.revision': z.string() });

const fixtures = new URL('fixtures/', import.meta.url);
const scenarios = readdirSync(fixtures)
  .filter((file) => file.endsWith('.ndjson.gz'))
  .map((file) => ({ name: file.slice(0, -'.ndjson.gz'.length), lines: readLines(file) }));

describe('every recording of a running device', () => {
  test('has only statuses and messages that are explained', () => {
    const reports = scenarios.flatMap(({ lines }) => [
      ...reportsOf(lines),
      ...lines.flatMap(stepsOf).map(({ progress }) => progress),
    ]);
    expect(reports.length).toBeGreaterThan(300);
    for (const { status, message } of reports)
      expect(explain(status, message), `${status} ${message}`).toMatchObject({ known: true });
    expect(new Set(reports.map(({ status, message }) => explain(status, message).status))).not.toContain('other');
  });

  test('has only logs that are read', () => {
    const logs = scenarios.flatMap(({ lines }) =>
      reportsOf(lines).flatMap(({ logs: text }) => (text === undefined ? [] : parseLogs(text))),
    );
    expect(logs.length).toBeGreaterThan(10);
    for (const { level, platform, atMs, text } of logs) {
      expect({ level, platform }).toEqual({ level: 'ERROR', platform: 'pantavisor' });
      expect(atMs).toBeGreaterThan(0);
      expect(text).not.toMatch(/^[{]/);
    }
  });
});

describe('the stages of a recorded update', () => {
  test.each([
    ['01a-nonreboot-object', 'posted moving testing end', 'stable', 0],
    ['01c-nonreboot-config-overlay', 'posted moving testing end', 'failed', 0],
    ['01d-reboot-commits-updated', 'moving testing end', 'checkpoint', 0],
    ['02-reboot-system-object', 'posted moving testing end', 'checkpoint', 0],
    ['06a-crashloop-nonreboot', 'posted moving testing end', 'failed', 0],
    ['06d-lxc-cannot-start', 'posted end', 'failed', 0],
    ['08a-bad-json', 'end', 'refused', 0],
    ['09a-srcjson-only', 'posted testing end', 'stable', 0],
    ['10a-goto-older-done', 'moving testing end', 'checkpoint', 0],
    ['10c-rerun-current', 'moving testing end', 'stable', 0],
    ['10d-goto-factory', 'end', 'checkpoint', 0],
    ['10e-run-failed-again', 'moving testing end', 'failed', 0],
    ['13a-powercut-testing-after-reboot', 'posted moving testing end', 'checkpoint', 1],
    ['13b-crash-testing-after-reboot', 'posted moving testing end', 'failed', 0],
    ['13c-powercut-testing-nonreboot', 'posted moving testing end', 'checkpoint', 1],
  ])('%s: %s', (name, seen, outcome, setbacks) => {
    const stepper = stagesOf(reportsOf(linesOf(name)));
    const visited = stepper.stages.filter(({ visits }) => visits > 0).map(({ stage }) => stage);
    expect({ visited: visited.join(' '), outcome: stepper.outcome, setbacks: stepper.setbacks }).toEqual({
      visited: seen,
      outcome,
      setbacks,
    });
  });

  test('stages come one after the other, and their times add up', () => {
    for (const { name, lines } of scenarios) {
      const { stages, startedAt, endedAt, setbacks } = stagesOf(reportsOf(lines));
      if (startedAt === undefined || endedAt === undefined || setbacks > 0) continue;
      const starts = stages.flatMap((stage) => stage.startedAt ?? []);
      expect(starts, name).toEqual([...starts].sort((a, b) => a - b));
      const total = stages.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
      expect(total, name).toBe(endedAt - startedAt);
    }
  });

  test('the crash loop holds the device in testing for three minutes', () => {
    const testing = stagesOf(reportsOf(linesOf('06a-crashloop-nonreboot'))).stages.find(({ stage }) => stage === 'testing');
    expect(testing?.durationMs).toBeGreaterThan(180_000);
  });
});

describe('where a failure took the device', () => {
  const failures = scenarios.filter(({ lines }) => rolledBackTo(lines) !== undefined);
  const rerun = '10e-run-failed-again';

  test.each(failures.filter(({ name }) => name !== rerun))('$name', ({ lines }) => {
    expect(checkpointBefore(trailBefore(lines))).toMatchObject({ kind: 'known', to: rolledBackTo(lines) });
  });

  test('01c lost the good UPDATED revision that ran', () => {
    const lines = linesOf('01c-nonreboot-config-overlay');
    expect(checkpointBefore(trailBefore(lines))).toMatchObject({
      to: 'locals/base',
      lost: expect.arrayContaining(['locals/web-runjson']),
    });
  });

  test('10e came back to a revision that is UPDATED only because it was run again: known to who saw it become DONE', () => {
    const trail = trailBefore(linesOf(rerun));
    const seen = trail.map((revision) => (revision.running ? { ...revision, doneAt: Number.MAX_SAFE_INTEGER } : revision));
    expect(checkpointBefore(trail)).toMatchObject({ certain: false });
    expect(checkpointBefore(seen)).toEqual({ kind: 'known', to: rolledBackTo(linesOf(rerun)), lost: [], certain: true });
  });
});

type RecordedLine = z.infer<typeof Line>;

function readLines(file: string): readonly RecordedLine[] {
  const text = gunzipSync(readFileSync(new URL(file, fixtures))).toString('utf8');
  return text.split('\n').flatMap((line) => {
    const parsed = line === '' ? undefined : Line.safeParse(JSON.parse(line));
    return parsed?.success ? [parsed.data] : [];
  });
}

function linesOf(name: string): readonly RecordedLine[] {
  return scenarios.find((scenario) => scenario.name === name)?.lines ?? [];
}

/** A report is heard when its answer came. */
function reportsOf(lines: readonly RecordedLine[]): readonly HeardReport[] {
  return lines.flatMap(({ what, status, body, t_ms, elapsed_ms }) => {
    const parsed = what === 'progress' && status === 200 ? Progress.safeParse(body) : undefined;
    return parsed?.success ? [{ ...parsed.data, heardAt: t_ms + elapsed_ms }] : [];
  });
}

function stepsOf({ what, status, body }: RecordedLine): readonly z.infer<typeof Step>[] {
  const parsed = what === 'steps' && status === 200 ? z.array(Step).safeParse(body) : undefined;
  return parsed?.success ? parsed.data : [];
}

function revisionsOf(lines: readonly RecordedLine[]): readonly string[] {
  return lines.flatMap(({ what, status, body }) => {
    const parsed = what === 'device-meta' && status === 200 ? Meta.safeParse(body) : undefined;
    return parsed?.success ? [parsed.data['pantavisor.revision']] : [];
  });
}

/** The device's trail before the command, as far as its listing tells. */
function trailBefore(lines: readonly RecordedLine[]): readonly TrailRevision[] {
  const before = lines.filter(({ t_ms }) => t_ms < 0);
  const running = revisionsOf(before).at(-1);
  const listed = before.map(stepsOf).findLast((steps) => steps.length > 0) ?? [];
  return listed.map(({ name, date, progress }) => ({
    name,
    status: progress.status,
    running: name === running,
    movedAt: Date.parse(date),
  }));
}

/** The revision that runs at the end of a recording whose update failed. */
function rolledBackTo(lines: readonly RecordedLine[]): string | undefined {
  const failed = stagesOf(reportsOf(lines)).outcome === 'failed';
  return failed ? revisionsOf(lines).at(-1) : undefined;
}
