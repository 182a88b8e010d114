/** What the device reads in the hub's replies (pantahub_msg.c). What it cannot read is undefined, as if nothing had come. */
import { z } from 'zod';
import { JsonSyntaxError, scanJson } from '../../../shared/state/json.ts';
import { readMembers } from '../../../shared/state/json-members.ts';
import { readJson } from '../exchange.ts';
import type { Metadata } from '../metadata.ts';

const tokenSchema = z.object({ token: z.string().min(1) });
const deviceSchema = z.object({
  id: z.string().min(1),
  prn: z.string().default(''),
  secret: z.string().default(''),
  owner: z.string().default(''),
  challenge: z.string().default(''),
});
const objectSchema = z.object({
  sha256sum: z.string(),
  size: z.coerce.number(),
  'signed-geturl': z.string().default(''),
  'signed-puturl': z.string().default(''),
});
const metaSchema = z.record(z.string(), z.json());

export type HubDevice = z.infer<typeof deviceSchema>;
export type HubObject = { readonly sha: string; readonly bytes: number; readonly getUrl: string; readonly putUrl: string };
/** The state's text is as it came. */
export type HubStep = { readonly revision: string; readonly state: string };

export function readToken(text: string): string | undefined {
  return readJson(tokenSchema, text)?.token;
}

export function readDevice(text: string): HubDevice | undefined {
  return readJson(deviceSchema, text);
}

export function readObject(text: string): HubObject | undefined {
  const read = readJson(objectSchema, text);
  return read && { sha: read.sha256sum, bytes: read.size, getUrl: read['signed-geturl'], putUrl: read['signed-puturl'] };
}

export function readMeta(text: string): Metadata | undefined {
  return readJson(metaSchema, text);
}

/** Whether the hub has a trail for the device. */
export function readHasTrail(text: string): boolean | undefined {
  return readJson(z.array(z.unknown()), text)?.some(() => true);
}

/** The first step of a list: the hub sorts them by revision. `none` where the list is empty. */
export function readFirstStep(text: string): HubStep | 'none' | undefined {
  try {
    const first = firstOf(text.trim());
    if (first === undefined) return 'none';
    const members = new Map(readMembers(first).map((each) => [each.key, first.slice(each.start, each.end)]));
    const revision = members.get('rev');
    const state = members.get('state');
    return revision === undefined || state === undefined ? undefined : { revision, state };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

const IGNORED = { open: () => {}, close: () => {}, key: () => {}, scalar: () => {} };

function firstOf(list: string): string | undefined {
  if (!list.startsWith('[')) throw new JsonSyntaxError(list, 0, 'expected a list');
  if (list.slice(1).trimStart().startsWith(']')) return undefined;
  return list.slice(1, scanJson(list, 1, IGNORED));
}

const endedSchema = z.array(
  z.object({ rev: z.coerce.number(), progress: z.object({ status: z.string() }).optional() }).transform(({ rev, progress }) => ({
    revision: String(rev),
    status: progress?.status ?? '',
  })),
);

/** From the steps that ended well, oldest first: the last one runs, and the last DONE one is the checkpoint. */
export function readStanding(text: string): { readonly running: string; readonly checkpoint: string } | undefined {
  const steps = readJson(endedSchema, text);
  const running = steps?.at(-1)?.revision;
  if (steps === undefined || running === undefined) return undefined;
  return { running, checkpoint: steps.findLast(({ status }) => status === 'DONE')?.revision ?? '0' };
}
