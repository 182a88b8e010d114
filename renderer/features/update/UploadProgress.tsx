import { useEffect, useState } from 'react';
import type { UpdateView } from '../../../shared/contract/update.ts';
import { DataSize } from '../../ui/DataSize.tsx';
import { dataSize } from '../../ui/dataSize.ts';
import { type RateSample, rateOf, withSample } from './rate.ts';
import { strings } from './strings.ts';
import classes from './update.module.css';

interface UploadProgressProps {
  readonly upload: NonNullable<UpdateView['upload']>;
  readonly running: boolean;
}

/** Bytes sent and the rate. The one progress bar of an update: nothing else of it can be measured. */
export function UploadProgress({ upload, running }: UploadProgressProps) {
  const [samples, setSamples] = useState<readonly RateSample[]>([]);
  useEffect(() => {
    if (running) setSamples((before) => withSample(before, { at: Date.now(), bytes: upload.bytesDone }));
  }, [running, upload.bytesDone]);

  if (upload.objects === 0) return <p className={classes.note}>{strings.nothingToUpload}</p>;
  const rate = running ? rateOf(samples) : wholeRate(upload);
  return (
    <div className={classes.upload}>
      {upload.endedAt === undefined && (
        <progress
          className={classes.bar}
          aria-label={strings.uploadBar}
          value={upload.bytesDone}
          max={Math.max(1, upload.bytes)}
        />
      )}
      <p className={classes.uploadFacts}>
        <span>
          <DataSize bytes={upload.bytesDone} /> of <DataSize bytes={upload.bytes} />
        </span>
        <span>{strings.objects(upload.objectsDone, upload.objects)}</span>
        {rate !== undefined && <span>{strings.rate(dataSize(rate))}</span>}
      </p>
    </div>
  );
}

function wholeRate(upload: UploadProgressProps['upload']): number | undefined {
  const ms = upload.endedAt === undefined ? 0 : upload.endedAt - upload.startedAt;
  return ms < 1 ? undefined : (upload.bytesDone * 1000) / ms;
}
