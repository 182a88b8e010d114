import { useEffect, useState } from 'react';
import { strings } from '../../strings/update.ts';
import { DataSize } from '../../ui/DataSize.tsx';
import { dataSize } from '../../ui/dataSize.ts';
import { type RateSample, rateOf, withSample } from './rate.ts';
import classes from './update.module.css';

interface TransferProgressProps {
  /** What is counted, for screen readers. */
  readonly label: string;
  readonly total: number;
  readonly done: number;
  readonly running: boolean;
  /** Milliseconds that it took, once it is over. */
  readonly took?: number | undefined;
  /** Beside the bytes: how many objects. */
  readonly count?: string;
}

/** Bytes that were moved and the rate. Only what was measured or reported: nothing else of an update has a bar. */
export function TransferProgress({ label, total, done, running, took, count }: TransferProgressProps) {
  const [samples, setSamples] = useState<readonly RateSample[]>([]);
  useEffect(() => {
    if (running) setSamples((before) => withSample(before, { at: Date.now(), bytes: done }));
  }, [running, done]);
  const rate = running ? rateOf(samples) : took === undefined || took < 1 ? undefined : (done * 1000) / took;
  return (
    <div className={classes.upload}>
      {running && <progress className={classes.bar} aria-label={label} value={done} max={Math.max(1, total)} />}
      <p className={classes.uploadFacts}>
        <span>
          <DataSize bytes={done} /> {strings.of} <DataSize bytes={total} />
        </span>
        {count !== undefined && <span>{count}</span>}
        {rate !== undefined && <span>{strings.rate(dataSize(rate))}</span>}
      </p>
    </div>
  );
}
