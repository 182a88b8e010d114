/** Steps, trails and progress as JSON; the members are canonical (hub: trails/trailmodels/trailmodels.go). */
import {
  canonicalOf,
  canonicalText,
  integerAt,
  isMap,
  type Json,
  type JsonMap,
  type Members,
  mapAt,
  quote,
  stringAt,
} from './json-text.ts';
import type { StateRecords } from './state-records.ts';
import { deviceOf, type Step, type Trail } from './step-records.ts';
import { freshTime, NEVER_FRESH, NEVER_STORED, storedTime } from './times.ts';

export interface StepForm {
  /** Just written: its times come from the clock. */
  readonly fresh?: boolean;
  /** State and meta with escaped keys, as /changes sends them. */
  readonly escaped?: boolean;
}

export function stepMembers(step: Step, states: StateRecords, form: StepForm = {}): Members {
  const time = form.fresh ? freshTime : storedTime;
  const never = form.fresh ? NEVER_FRESH : NEVER_STORED;
  return {
    id: quote(step.id),
    owner: quote(step.owner),
    device: quote(deviceOf(step)),
    committer: quote(step.committer),
    'trail-id': quote(step.trail),
    rev: String(step.rev),
    'commit-msg': quote(step.message),
    state: form.escaped ? states.escapedText(step.stateSha) : states.text(step.stateSha),
    'state-sha': quote(step.stateSha),
    progress: step.progress,
    'step-time': quote(time(step.stepTime)),
    'progress-time': quote(step.progressTime === 0 ? never : time(step.progressTime)),
    meta: form.escaped ? escapedMeta(step.meta) : step.meta,
    used_objects: step.usedObjects,
    mark_public_processed: 'false',
    garbage: String(step.garbage),
    'time-created': quote(time(step.created)),
    'time-modified': quote(time(step.modified)),
  };
}

function escapedMeta(text: string): string {
  if (!text.includes('.')) return text;
  const map: unknown = JSON.parse(text);
  if (typeof map !== 'object' || map === null) return text;
  return canonicalOf(Object.fromEntries(Object.entries(map).map(([key, value]) => [key.replaceAll('.', '\uFF2E'), value])));
}

export function trailMembers(trail: Trail, states: StateRecords, escaped = false): Members {
  return {
    id: quote(trail.id),
    owner: quote(trail.owner),
    device: quote(deviceOf(trail)),
    'last-insync': quote(storedTime(0)),
    'last-touched': quote(storedTime(trail.lastTouched)),
    'factory-state': escaped ? states.escapedText(trail.factorySha) : states.text(trail.factorySha),
    used_objects: trail.usedObjects,
  };
}

/**
 * Progress as Go's struct keeps it: unknown keys (`retries`, `logs`) are gone, what is missing is a zero, and what was reported
 * before is not looked at.
 */
export function progressText(given: JsonMap): string {
  const downloads = mapAt(given, 'downloads') ?? {};
  const objects = downloads.objects;
  const { data } = given;
  return canonicalText({
    progress: String(integerAt(given, 'progress')),
    downloads: canonicalText({
      total: objectProgress(mapAt(downloads, 'total') ?? {}),
      objects: Array.isArray(objects)
        ? `[${objects.map((each: Json) => objectProgress(isMap(each) ? each : {})).join(',')}]`
        : 'null',
    }),
    'status-msg': quote(stringAt(given, 'status-msg')),
    ...(data === undefined || data === null ? {} : { data: canonicalOf(data) }),
    status: quote(stringAt(given, 'status')),
    log: quote(stringAt(given, 'log')),
  });
}

function objectProgress(given: JsonMap): string {
  const named = (key: string): Members => (stringAt(given, key) === '' ? {} : { [key]: quote(stringAt(given, key)) });
  return canonicalText({
    ...named('object_name'),
    ...named('object_id'),
    total_size: String(integerAt(given, 'total_size')),
    start_time: String(integerAt(given, 'start_time')),
    current_time: String(integerAt(given, 'current_time')),
    total_downloaded: String(integerAt(given, 'total_downloaded')),
  });
}
