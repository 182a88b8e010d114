/** The recordings and transcripts under fixtures/, for the tests of this folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const folder = join(import.meta.dirname, 'fixtures');

const Endpoint = z.object({
  label: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number().nullable(),
  headers: z.record(z.string(), z.string()).nullish(),
  body: z.unknown(),
});

/** Every request to pv-ctrl that was recorded on a running device; bodies that were JSON are values. */
export function recordedEndpoints(): readonly z.infer<typeof Endpoint>[] {
  const text = gunzipSync(readFileSync(join(folder, '12-endpoints.ndjson.gz'))).toString('utf8');
  return lines(text).map((line) => Endpoint.parse(line));
}

const Exchange = z.object({
  method: z.string(),
  path: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  requestBody: z.string().optional(),
  status: z.number(),
  responseHeaders: z.record(z.string(), z.string()),
  responseBody: z.string().optional(),
});
export type Exchange = z.infer<typeof Exchange>;

/** What the real pvr sent and got, in order of arrival. */
export function pvrTranscript(name: 'post-envelope-rev' | 'post-msg' | 'post-json-key' | 'get-full'): readonly Exchange[] {
  return lines(readFileSync(join(folder, `${name}.ndjson`), 'utf8')).map((line) => Exchange.parse(line));
}

function lines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
