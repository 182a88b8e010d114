import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { RevisionView } from '../../../shared/contract/device.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { strings } from '../../strings/timeline.ts';
import { dataSize } from '../../ui/dataSize.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { cancelExport, exportKey, startExport, useExports } from './exports.ts';
import classes from './TimelineTab.module.css';

/** Downloads the revision with its objects as a pvr export. It goes on when the person looks at another one. */
export function ExportRevision({ device, revision }: { device: DeviceSummary; revision: RevisionView }) {
  const key = exportKey(device.id, revision.revision);
  const download = useExports((all) => all.byKey[key]);
  const reason = revision.onHub ? undefined : strings.exportNeedsHub;
  if (download?.state === 'running') {
    return (
      <div className={classes.export} role="status">
        <span>{strings.exporting(dataSize(download.bytes))}</span>
        <Button size="compact-xs" onClick={() => cancelExport(key)}>
          {strings.exportCancel}
        </Button>
      </div>
    );
  }
  return (
    <>
      <GatedButton
        reason={reason}
        leftSection={<IconDownload size={14} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => void startExport(device.id, device.name, revision.revision)}
      >
        {strings.exportButton}
      </GatedButton>
      {download?.state === 'done' && <p className={classes.dim}>{strings.exported(dataSize(download.bytes))}</p>}
      {download?.state === 'cancelled' && <p className={classes.dim}>{strings.exportCancelled}</p>}
      {download?.problem !== undefined && download.state === 'failed' && <ProblemPanel problem={download.problem} />}
    </>
  );
}
