/** Whether the text is an IPv4 address as Go's net.ParseIP has it: four numbers without leading zeros. */
export function isIpv4(text: string): boolean {
  const numbers = text.split('.');
  return numbers.length === 4 && numbers.every((number) => /^(?:0|[1-9]\d{0,2})$/.test(number) && Number(number) <= 255);
}

/** Whether the text is an IPv6 address without brackets and zone; `::` stands for one group of zeros or more. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const counts = halves.map((half, index) => groupCount(half, index === halves.length - 1));
  if (counts.includes(undefined)) return false;
  const groups = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return halves.length === 2 ? groups <= 7 : groups === 8;
}

/** How many groups of 16 bits these are; undefined where they are none. The last two may be written as IPv4. */
function groupCount(half: string, isLast: boolean): number | undefined {
  if (half === '') return 0;
  const groups = half.split(':');
  const last = groups.at(-1) ?? '';
  const endsAsIpv4 = isLast && last.includes('.');
  const plain = endsAsIpv4 ? groups.slice(0, -1) : groups;
  if (endsAsIpv4 && !isIpv4(last)) return undefined;
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return plain.length + (endsAsIpv4 ? 2 : 0);
}
