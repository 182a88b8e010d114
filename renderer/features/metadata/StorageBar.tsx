import { strings } from '../../strings/metadata.ts';
import { dataSize } from '../../ui/dataSize.ts';
import type { StorageFacts } from './deviceMeta.ts';
import classes from './metadata.module.css';

/** The device's storage in proportion: used, kept in reserve, free for updates. */
export function StorageBar({ storage }: { storage: StorageFacts }) {
  const { total, free } = storage;
  const usable = Math.min(free, storage.usable ?? free);
  const used = Math.max(0, total - free);
  const label = strings.storageBar(dataSize(used), dataSize(total));
  const share = (bytes: number) => ({ flex: `${Math.max(0, bytes)} 1 0` });
  return (
    <div className={classes.storage}>
      <span className={classes.track} role="img" aria-label={label}>
        <span className={classes.used} style={share(used)} />
        <span className={classes.reserve} style={share(free - usable)} />
        <span style={share(usable)} />
      </span>
      <span className={classes.legend}>
        <span>
          {dataSize(used)} {strings.used}
        </span>
        {free > usable && (
          <span>
            {dataSize(free - usable)} {strings.reserved}
          </span>
        )}
        <span>
          {dataSize(usable)} {free > usable ? strings.usable : strings.free}
        </span>
        <span className={classes.dim}>{dataSize(total)}</span>
      </span>
    </div>
  );
}
