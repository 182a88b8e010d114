import { strings } from '../strings/ui.ts';
import { CopyButton } from './CopyButton.tsx';
import classes from './ShortSha.module.css';

const shown = 8;

/** The first eight digits of a sha256; the whole is on hover and is what is copied. */
export function ShortSha({ sha, copy = true }: { sha: string; copy?: boolean }) {
  return (
    <span className={classes.sha}>
      <span title={sha}>{sha.slice(0, shown)}</span>
      {copy && <CopyButton text={sha} label={strings.copySha} />}
    </span>
  );
}
