import { Button } from '@mantine/core';
import { strings } from '../../strings/compare.ts';
import { DataSize } from '../../ui/DataSize.tsx';
import { dataSize } from '../../ui/dataSize.ts';
import { ShortSha } from '../../ui/ShortSha.tsx';
import classes from './compare.module.css';
import { largestPreviewBytes } from './objectText.ts';
import type { EntryText } from './useEntryText.ts';

interface ObjectFactsProps {
  readonly left: EntryText;
  readonly right: EntryText;
  readonly labels: { readonly a: string; readonly b: string };
}

/** Two files that are not shown as text, by what can be said of them; a large text is shown when somebody asks for it. */
export function ObjectFacts({ left, right, labels }: ObjectFactsProps) {
  return (
    <div className={classes.facts}>
      <Offer sides={[left, right]} />
      <table className={classes.factsTable}>
        <thead>
          <tr>
            <th scope="col">{strings.side}</th>
            <th scope="col">{strings.type}</th>
            <th scope="col">{strings.size}</th>
            <th scope="col">{strings.sha}</th>
          </tr>
        </thead>
        <tbody>
          <Facts label={labels.a} text={left} />
          <Facts label={labels.b} text={right} />
        </tbody>
      </table>
      <SizeChange left={sizeOf(left)} right={sizeOf(right)} label={labels.b} />
      {(left.kind === 'binary' || right.kind === 'binary') && <p className={classes.dim}>{strings.binary}</p>}
      {(left.kind === 'unread' || right.kind === 'unread') && <p className={classes.dim}>{strings.unread}</p>}
    </div>
  );
}

/** What a large file says of itself, and the button that shows it all the same. */
function Offer({ sides }: { sides: readonly EntryText[] }) {
  const large = sides.filter((side) => side.kind === 'text').filter((side) => side.showMore !== undefined);
  if (large.length === 0) return null;
  const sizes = large.flatMap(({ size }) => size ?? []);
  const largest = sizes.length < large.length ? undefined : Math.max(...sizes);
  const tooLarge = largest !== undefined && largest > largestPreviewBytes;
  return (
    <div className={classes.offer}>
      <p>
        {tooLarge
          ? strings.largest(dataSize(largest), dataSize(largestPreviewBytes))
          : strings.large(largest === undefined ? undefined : dataSize(largest))}
      </p>
      <Button
        onClick={() => {
          for (const { showMore } of large) showMore?.();
        }}
      >
        {tooLarge ? strings.showFirst(dataSize(largestPreviewBytes)) : strings.showAnyway}
      </Button>
    </div>
  );
}

function Facts({ label, text }: { label: string; text: EntryText }) {
  return (
    <tr>
      <th scope="row" title={label}>
        {label}
      </th>
      {text.kind === 'absent' || text.kind === 'json' ? (
        <td colSpan={3}>{text.kind === 'json' ? strings.inlineJson : strings.notThere}</td>
      ) : (
        <>
          <td>{typeText(text)}</td>
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

function typeText(text: EntryText): string {
  if (text.kind === 'failed') return strings.notAvailable;
  return 'type' in text && text.type !== undefined ? text.type : strings.unknown;
}

function sizeOf(text: EntryText): number | undefined {
  return text.kind === 'text' || text.kind === 'binary' ? text.size : undefined;
}

function SizeChange({ left, right, label }: { left: number | undefined; right: number | undefined; label: string }) {
  if (left === undefined || right === undefined) return null;
  if (left === right) return <p>{strings.sameSize}</p>;
  return <p>{right > left ? strings.larger(label, dataSize(right - left)) : strings.smaller(label, dataSize(left - right))}</p>;
}
