import { implementer, type Rooms } from './rooms.ts';

/** So long nobody waits for another side's state, in milliseconds. */
const patience = 120_000;

/** What comes into checkouts from elsewhere, and goes from them into drafts. */
export function originHandlers({ origins, report }: Rooms) {
  const os = implementer(report).checkout;
  return {
    clone: os.clone.handler(({ input, signal }) => origins.clone(input, signal)),
    partsPlan: os.partsPlan.handler(({ input, signal }) => origins.partsPlan(input, signal ?? AbortSignal.timeout(patience))),
    takeParts: os.takeParts.handler(({ input, signal }) => origins.takeParts(input, signal)),
    draftFor: os.draftFor.handler(({ input, signal }) => origins.draftFor(input, signal)),
    fastCopy: os.fastCopy.handler(({ input, signal }) => origins.fastCopy(input, signal)),
    lookAt: os.lookAt.handler(({ input, signal }) => origins.lookAt(input.from, signal ?? AbortSignal.timeout(patience))),
  };
}
