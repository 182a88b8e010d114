const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in decimal units, as `ls -h --si` and download dialogs show them: `812 B`, `4.1 kB`, `1.0 GB`. */
export function dataSize(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? 'B'}`;
}
