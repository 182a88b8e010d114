import { useCallback, useDeferredValue, useMemo } from 'react';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { type Facet, facetsOf } from './fieldFacets.ts';
import type { FieldName } from './filterFields.ts';
import { deviceTest } from './matchFilter.ts';
import { type FilterError, type ParsedFilter, parseFilter, revisionNumber } from './parseFilter.ts';

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
  const calm = useDeferredValue(parsed);
  const rows = useMemo(() => {
    const test = deviceTest(calm);
    const all = [...(devices?.values() ?? [])];
    return test === undefined ? all : all.filter(test);
  }, [devices, calm]);
  const unordered = useMemo(() => (comparesRevisions(calm) ? withoutNumber(devices) : 0), [devices, calm]);
  const facets = useCallback((field: FieldName) => facetsOf(field, devices?.values() ?? []), [devices]);
  return { rows, errors: parsed.errors, unordered, facetsOf: facets };
}

function comparesRevisions({ tokens }: ParsedFilter): boolean {
  return tokens.some(
    (token) =>
      token.kind === 'field' &&
      token.field === 'rev' &&
      token.values.some(({ comparison = '=', text }) => comparison !== '=' && revisionNumber(text) !== undefined),
  );
}

function withoutNumber(devices: ReadonlyMap<string, DeviceSummary> | undefined): number {
  let count = 0;
  for (const { running } of devices?.values() ?? []) {
    if (running !== undefined && revisionNumber(running.revision) === undefined) count += 1;
  }
  return count;
}
