import { strings } from '../../strings/metadata.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import classes from './metadata.module.css';
import { valueText } from './userMeta.ts';

/** A text of more than this is folded. */
const longest = 160;

/** A value of metadata: a short text as it is, JSON and long texts behind a disclosure, laid out. */
export function MetaValueView({ name, value }: { name: string; value: unknown }) {
  const text = valueText(value);
  const structured = typeof value === 'object' && value !== null;
  const folded = structured || text.length > longest || text.includes('\n');
  return (
    <div className={classes.value}>
      {folded ? (
        <details>
          <summary className={classes.summary}>
            {structured && <span className={classes.kind}>{strings.json}</span>}
            <code>{(structured ? JSON.stringify(value) : text).slice(0, longest)}</code>
          </summary>
          <pre className={classes.raw}>{text}</pre>
        </details>
      ) : (
        <code>{text}</code>
      )}
      <CopyButton text={text} label={strings.copyValue(name)} />
    </div>
  );
}
