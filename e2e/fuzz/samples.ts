import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { signedRepo } from '../../electron/signatures/fixture-repos.ts';

/** Real documents to begin with: what the device, pvr and the hub really make. */
export interface Samples {
  readonly states: readonly string[];
  /** With signatures that hold. */
  readonly signed: string;
  readonly sources: readonly string[];
  readonly manifests: readonly string[];
  readonly groups: readonly string[];
  readonly signatures: readonly string[];
}

const Named = z.object({ name: z.string(), state: z.string() });
const Install = z.object({ srcJson: z.string(), runJsonText: z.string() });
const App = z.object({ groupsJson: z.unknown(), before: Install, edits: z.array(z.object({ after: Install })) });

const fixtures = new URL('../../shared/state/fixtures/', import.meta.url);

function fixture(name: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(new URL(name, fixtures))).toString());
}

export async function realSamples(): Promise<Samples> {
  const states = z.array(Named).parse(fixture('parse-states.json.gz'));
  const apps = readdirSync(fixtures)
    .filter((name) => name.startsWith('app-'))
    .map((name) => App.parse(fixture(name)));
  const installs = apps.flatMap(({ before, edits }) => [before, ...edits.map(({ after }) => after)]);
  const signed = await signedRepo('signed-ok');
  const variants = await signedRepo('signed-variants');
  return {
    states: [...states.map(({ state }) => state), signed.text, variants.text],
    signed: signed.text,
    sources: installs.map(({ srcJson }) => srcJson),
    manifests: installs.map(({ runJsonText }) => runJsonText),
    groups: apps.map(({ groupsJson }) => JSON.stringify(groupsJson)),
    signatures: [...signed.files, ...variants.files].flatMap(([path, text]) => (path.startsWith('_sigs/') ? [text] : [])),
  };
}
