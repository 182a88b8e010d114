import type { UpdateView } from '../../../shared/contract/update.ts';
import { strings } from '../../strings/update.ts';
import { TransferProgress } from './TransferProgress.tsx';
import classes from './update.module.css';

interface UploadProgressProps {
  readonly upload: NonNullable<UpdateView['upload']>;
  readonly via: UpdateView['via'];
  readonly running: boolean;
}

/** What Trailboss sends itself, to the device or to its hub. */
export function UploadProgress({ upload, via, running }: UploadProgressProps) {
  if (upload.objects === 0) return <p className={classes.note}>{strings.nothingToUpload[via]}</p>;
  // All bytes left this computer; some may still be on their way.
  const allSent = running && upload.bytesDone >= upload.bytes && upload.objectsDone < upload.objects;
  return (
    <TransferProgress
      label={strings.uploadBar}
      total={upload.bytes}
      done={upload.bytesDone}
      running={upload.endedAt === undefined && running}
      took={upload.endedAt === undefined ? undefined : upload.endedAt - upload.startedAt}
      count={allSent ? strings.taking[via] : strings.objects(upload.objectsDone, upload.objects)}
    />
  );
}
