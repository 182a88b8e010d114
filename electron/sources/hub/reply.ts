import type { z } from 'zod';
import { decodeUtf8 } from '../../net/http.ts';
import type { WebReply } from '../../net/https.ts';
import { isWebPage } from './refusal.ts';
import { badReply, notAHub } from './words.ts';

/** The reply as JSON in the form that `schema` describes: NOT_A_HUB for a web page, BAD_REPLY for anything else. */
export function parseReply<T>(reply: WebReply, schema: z.ZodType<T>, host: string, unchanged?: string): T {
  const parsed = schema.safeParse(jsonOf(reply, host, unchanged));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue === undefined ? '' : ` (${issue.path.join('.') || 'the whole'}: ${issue.message})`;
  throw badReply(host, `its JSON is not what a hub sends${place}`, unchanged, parsed.error);
}

/** The reply's value as it is. */
export function jsonOf(reply: WebReply, host: string, unchanged?: string): unknown {
  const text = textOf(reply, host, unchanged);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trim() === '') throw badReply(host, 'it is empty', unchanged, error);
    throw badReply(host, 'it is no JSON, or only a part of it', unchanged, error);
  }
}

export function textOf(reply: WebReply, host: string, unchanged?: string): string {
  const text = decodeUtf8(reply.body);
  if (text === undefined) throw badReply(host, 'it is no text', unchanged);
  if (isWebPage(reply, text)) throw notAHub(host, 'a web page came back', unchanged);
  return text;
}
