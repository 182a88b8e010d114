import { strings } from '../../strings/compare.ts';
import { DataSize } from '../../ui/DataSize.tsx';
import { ShortSha } from '../../ui/ShortSha.tsx';
import classes from './compare.module.css';
import type { EntryText } from './useEntryText.ts';

interface ObjectFactsProps {
  readonly left: EntryText;
  readonly right: EntryText;
  readonly labels: { readonly a: string; readonly b: string };
}

/** Two files that are no text, by what can be said of them. */
export function ObjectFacts({ left, right, labels }: ObjectFactsProps) {
  return (
    <div className={classes.facts}>
      <table className={classes.factsTable}>
        <thead>
          <tr>
            <th scope="col">{strings.side}</th>
            <th scope="col">{strings.size}</th>
            <th scope="col">{strings.sha}</th>
          </tr>
        </thead>
        <tbody>
          <Facts label={labels.a} text={left} />
          <Facts label={labels.b} text={right} />
        </tbody>
      </table>
      <p className={classes.dim}>{strings.binary}</p>
    </div>
  );
}

function Facts({ label, text }: { label: string; text: EntryText }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      {text.kind === 'absent' || text.kind === 'json' ? (
        <td colSpan={2}>{text.kind === 'json' ? 'inline JSON' : strings.notThere}</td>
      ) : (
        <>
          <td className={classes.number}>
            {'size' in text && text.size !== undefined ? <DataSize bytes={text.size} /> : strings.unknown}
          </td>
          <td>
            <ShortSha sha={text.sha} />
          </td>
        </>
      )}
    </tr>
  );
}
