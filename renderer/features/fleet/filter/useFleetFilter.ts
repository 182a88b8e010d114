import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { type Facet, facetsOf } from './fieldFacets.ts';
import type { FieldName } from './filterFields.ts';
import { deviceTest } from './matchFilter.ts';
import { type FilterError, type FilterToken, type ParsedFilter, parseFilter, revisionNumber } from './parseFilter.ts';

interface Filtered {
  readonly rows: readonly DeviceSummary[];
  readonly errors: readonly FilterError[];
  /** Devices with a revision that a comparison leaves out, because its name is no number. */
  readonly unordered: number;
  readonly facetsOf: (field: FieldName) => readonly Facet[];
}

/** The devices that a filter finds; typing goes before finding them. */
export function useFleetFilter(devices: ReadonlyMap<string, DeviceSummary> | undefined, filter: string): Filtered {
  const parsed = useMemo(() => parseFilter(filter), [filter]);
  const calm = useCalm(parsed);
  const rows = useMemo(() => {
    const test = deviceTest(calm);
    const all = [...(devices?.values() ?? [])];
    return test === undefined ? all : all.filter(test);
  }, [devices, calm]);
  const unordered = useMemo(() => countUnordered(devices, calm), [devices, calm]);
  const facets = useCallback((field: FieldName) => facetsOf(field, devices?.values() ?? []), [devices]);
  return { rows, errors: parsed.errors, unordered, facetsOf: facets };
}

/** Milliseconds after which what was typed waits for nothing any more. */
const latest = 250;

/**
 * The value once there is time for it. Devices that report all the time would put it off without end, as React begins anew with each
 * report: after a moment it is taken at once.
 */
function useCalm<Value>(value: Value): Value {
  const deferred = useDeferredValue(value);
  const [due, setDue] = useState(value);
  useEffect(() => {
    if (deferred === value) return;
    const timer = setTimeout(() => setDue(value), latest);
    return () => clearTimeout(timer);
  }, [deferred, value]);
  return due === value ? value : deferred;
}

/** Devices that all else in the filter finds. */
function countUnordered(devices: ReadonlyMap<string, DeviceSummary> | undefined, parsed: ParsedFilter): number {
  const tokens = parsed.tokens.filter((token) => !comparesRevisions(token));
  if (tokens.length === parsed.tokens.length) return 0;
  const rest = deviceTest({ ...parsed, tokens });
  let count = 0;
  for (const device of devices?.values() ?? []) {
    const name = device.running?.revision;
    if (name !== undefined && revisionNumber(name) === undefined && rest?.(device) !== false) count += 1;
  }
  return count;
}

function comparesRevisions(token: FilterToken): boolean {
  return (
    token.kind === 'field' &&
    token.field === 'rev' &&
    token.values.some(({ comparison = '=', text }) => comparison !== '=' && revisionNumber(text) !== undefined)
  );
}
