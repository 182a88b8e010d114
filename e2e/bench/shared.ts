import { compareStates } from '../../shared/compare/compare.ts';
import { forecast } from '../../shared/forecast/index.ts';
import { preflight } from '../../shared/forecast/preflight.ts';
import { signatureEffects } from '../../shared/signatures/effect.ts';
import { stateSha } from '../../shared/state/canonical.ts';
import { parseState, type StateDocument } from '../../shared/state/state.ts';
import { madeState } from './states.ts';
import { type Figure, medianTime, ms } from './table.ts';

const sizes = [500, 5000] as const;

/** Forecast, preflight, signatures, comparison and the readers at 500 and 5,000 entries: the time of one, and how it grows for ten times as much. */
export function measureShared(): readonly Figure[] {
  const works: readonly (readonly [string, (size: number) => () => void])[] = [
    ['forecast', (size) => onTexts(size, (a, b) => forecast(a, b))],
    ['preflight', (size) => onTexts(size, (running, next) => preflight(next, { running }))],
    ['effect on 20 signatures', (size) => onSigned(size, signatureEffects)],
    ['comparison', (size) => onDocuments(size, compareStates)],
    ['parse a state', (size) => onTexts(size, (a) => parseState(a))],
    ['state sha', (size) => onTexts(size, (a) => stateSha(a))],
  ];
  return works.flatMap(([what, prepare]) => {
    const [small, large] = sizes.map((size) => medianTime(15, prepare(size)));
    if (small === undefined || large === undefined) return [];
    return [
      { what: `${what}, 500 entries`, value: ms(small), note: '' },
      { what: `${what}, 5,000 entries`, value: ms(large), note: `× ${(large / small).toFixed(1)} for 10 times the entries` },
    ];
  });
}

function onTexts(size: number, work: (a: string, b: string) => unknown): () => void {
  const a = madeState(size);
  const b = madeState(size, 'next');
  return () => work(a, b);
}

function onDocuments(size: number, work: (a: StateDocument, b: StateDocument) => unknown): () => void {
  const a = document(madeState(size));
  const b = document(madeState(size, 'next'));
  return () => work(a, b);
}

/** The signatures are of parts, as `pvr sig add --part` makes them; what they cover is looked for, not whether they hold. */
function onSigned(size: number, work: (a: StateDocument, b: StateDocument) => unknown): () => void {
  const signatures = Array.from({ length: 20 }, (_, part) => {
    const header = {
      alg: 'RS256',
      pvs: { include: [`app${part}/**`, `_config/app${part}/**`], exclude: [`app${part}/src.json`] },
      typ: 'PVS',
    };
    const sealed = Buffer.from(JSON.stringify(header)).toString('base64url');
    return `,"_sigs/app${part}.json":{"#spec":"pvs@2","protected":"${sealed}","signature":"AAAA"}`;
  }).join('');
  const signed = (text: string) => document(`${text.slice(0, -1)}${signatures}}`);
  const a = signed(madeState(size));
  const b = signed(madeState(size, 'next'));
  return () => work(a, b);
}

function document(text: string): StateDocument {
  const parsed = parseState(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}
