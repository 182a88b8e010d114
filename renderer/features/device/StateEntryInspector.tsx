import { useMemo } from 'react';
import { prettyJson } from '../../../shared/compare/pretty.ts';
import type { StateEntry } from '../../../shared/state/state.ts';
import { strings } from '../../strings/device.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Inspector } from '../../ui/Inspector.tsx';
import classes from './DeviceTabs.module.css';

/** One entry of the state with its whole value. */
export function StateEntryInspector({ entry, onClose }: { entry: StateEntry; onClose: () => void }) {
  const value = useMemo(() => (entry.kind === 'object' ? entry.sha : prettyJson(entry.raw).text), [entry]);
  return (
    <Inspector
      label={strings.selectedEntry}
      title={
        <code className={classes.key} title={entry.key}>
          {entry.key}
        </code>
      }
      actions={<CopyButton text={entry.kind === 'object' ? entry.sha : entry.raw} label={strings.copyValue} />}
      closeLabel={strings.close}
      onClose={onClose}
    >
      <pre className={classes.raw}>{value}</pre>
    </Inspector>
  );
}
