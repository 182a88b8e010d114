import { useCallback, useMemo } from 'react';
import type { Coverage } from '../../../shared/signatures/coverage.ts';
import { strings } from '../../strings/signatures.ts';
import { Inspector } from '../../ui/Inspector.tsx';
import { KeyTable } from './KeyTable.tsx';
import type { GroupRow } from './signatureRows.ts';
import classes from './signatures.module.css';

interface GroupDetailsProps {
  readonly row: GroupRow;
  readonly coverage: Coverage;
  readonly onEntry?: ((key: string) => void) | undefined;
  readonly onClose: () => void;
}

/** The entries that no signature covers, that one leaves out, or that pvr and devices see differently, and what that means. */
export function GroupDetails({ row, coverage, onEntry, onClose }: GroupDetailsProps) {
  const onlyPvr = useMemo(() => new Set(coverage.signatures.flatMap((signature) => signature.onlyPvr)), [coverage]);
  const noteOf = useCallback(
    (key: string) => (row.group !== 'device' ? '' : onlyPvr.has(key) ? strings.onlyPvr : strings.onlyDevice),
    [row.group, onlyPvr],
  );
  return (
    <Inspector label={strings.details} title={strings.groupNames[row.group]} closeLabel={strings.dialog.close} onClose={onClose}>
      <div className={classes.details}>
        <p>{strings.groupTexts[row.group]}</p>
        <KeyTable label={strings.groupNames[row.group]} keys={row.keys} noteOf={noteOf} onEntry={onEntry} />
      </div>
    </Inspector>
  );
}
