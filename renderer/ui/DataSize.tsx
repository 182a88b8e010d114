import { dataSize } from './dataSize.ts';

const exactFormat = new Intl.NumberFormat();

/** A size with its unit; the exact number of bytes is on hover. */
export function DataSize({ bytes }: { bytes: number }) {
  return (
    <span title={`${exactFormat.format(bytes)} bytes`} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {dataSize(bytes)}
    </span>
  );
}
