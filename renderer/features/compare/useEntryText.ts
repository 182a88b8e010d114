import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { prettyJson } from '../../../shared/compare/pretty.ts';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { CheckoutId, DeviceId } from '../../../shared/contract/ids.ts';
import type { StateEntry } from '../../../shared/state/state.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { typeBytes } from './fileType.ts';
import { contentOf, isBinaryName, largestPreviewBytes, type ObjectContent, previewBytes } from './objectText.ts';

/** Where the objects of a side are read from. Those of an export are known by their sha alone. */
export type ObjectSource =
  | { readonly kind: 'device'; readonly id: DeviceId }
  | { readonly kind: 'checkout'; readonly id: CheckoutId }
  | { readonly kind: 'none' };

/** What an entry holds on one side. Sizes in bytes. */
export type EntryText =
  | { readonly kind: 'absent' }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'loading'; readonly sha: string }
  | { readonly kind: 'unread'; readonly sha: string }
  | { readonly kind: 'failed'; readonly sha: string; readonly problem: KnownProblem; readonly retry: () => void }
  | { readonly kind: 'binary'; readonly sha: string; readonly size: number | undefined; readonly type: string | undefined }
  | {
      readonly kind: 'text';
      readonly sha: string;
      readonly size: number | undefined;
      readonly type: string | undefined;
      readonly text: string;
      /** Reads on to the largest preview; absent where all is shown, or as much as can be. */
      readonly showMore: (() => void) | undefined;
      readonly truncated: boolean;
    };

/** Reads an entry to be shown: inline JSON laid out, an object's beginning where it is text. */
export function useEntryText(source: ObjectSource, entry: StateEntry | undefined): EntryText {
  const [asked, setAsked] = useState<string>();
  const sha = entry?.kind === 'object' ? entry.sha : undefined;
  const more = sha !== undefined && asked === sha;
  const binaryName = entry !== undefined && isBinaryName(entry.key);
  const maxBytes = binaryName ? typeBytes : more ? largestPreviewBytes : previewBytes;
  const once = { staleTime: Number.POSITIVE_INFINITY, gcTime: 60_000, retry: false } as const;
  const onDevice = sha !== undefined && source.kind === 'device';
  const inCheckout = sha !== undefined && source.kind === 'checkout';
  const ofDevice = useQuery(
    orpc.device.object.queryOptions({ input: onDevice ? { id: source.id, sha, maxBytes } : skipToken, ...once }),
  );
  const ofCheckout = useQuery(
    orpc.checkout.object.queryOptions({ input: inCheckout ? { id: source.id, sha, maxBytes } : skipToken, ...once }),
  );
  const object = source.kind === 'checkout' ? ofCheckout : ofDevice;
  const unread = source.kind === 'none';
  const { refetch } = object;
  const content = useContent(object.data?.bytes, object.data?.truncated ?? false);
  return useMemo((): EntryText => {
    if (entry === undefined) return { kind: 'absent' };
    if (entry.kind === 'json') return { kind: 'json', text: prettyJson(entry.raw).text };
    if (unread) return { kind: 'unread', sha: entry.sha };
    if (object.error !== null && !object.isFetching) {
      return { kind: 'failed', sha: entry.sha, problem: problemOf(object.error), retry: () => refetch() };
    }
    if (object.data === undefined) return { kind: 'loading', sha: entry.sha };
    const { size } = object.data;
    if (content === undefined) return { kind: 'loading', sha: entry.sha };
    const { type } = content;
    if (binaryName || content.kind === 'binary') return { kind: 'binary', sha: entry.sha, size, type };
    const showMore = content.truncated && !more ? () => setAsked(entry.sha) : undefined;
    return { kind: 'text', sha: entry.sha, size, type, text: content.text, truncated: content.truncated, showMore };
  }, [entry, unread, object.data, object.error, object.isFetching, refetch, content, binaryName, more]);
}

function useContent(bytes: Blob | undefined, truncated: boolean): ObjectContent | undefined {
  const [read, setRead] = useState<{ readonly of: Blob; readonly content: ObjectContent }>();
  useEffect(() => {
    if (bytes === undefined) return;
    let wanted = true;
    bytes.arrayBuffer().then((buffer) => wanted && setRead({ of: bytes, content: contentOf(new Uint8Array(buffer), truncated) }));
    return () => {
      wanted = false;
    };
  }, [bytes, truncated]);
  return read !== undefined && read.of === bytes ? read.content : undefined;
}

/** The text of a side, as far as it was read; undefined where it is none, or not there yet. */
export function textOf(text: EntryText): string | undefined {
  switch (text.kind) {
    case 'absent':
      return '';
    case 'json':
    case 'text':
      return text.text;
    case 'loading':
    case 'failed':
    case 'unread':
    case 'binary':
      return undefined;
  }
}

/** A text of which only the beginning was read, until somebody asks for more. */
export function isLargeUnread(text: EntryText): boolean {
  return text.kind === 'text' && text.showMore !== undefined;
}
