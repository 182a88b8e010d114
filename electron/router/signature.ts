import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

/** Milliseconds that a state may take to be read from a device. */
const patience = 60_000;

export function signatureRouter(rooms: Rooms) {
  const { signatures } = rooms;
  const { signers } = signatures;
  const os = implementer(rooms.report).signature;
  const within = (signal: AbortSignal | undefined) => signal ?? AbortSignal.timeout(patience);
  return os.router({
    report: os.report.handler(({ input, signal }) => signatures.report(input.of, within(signal))),
    trust: os.trust.handler(({ signal }) =>
      latestValue(
        () => [...signers.list()],
        (push) => signers.changes.add(push),
        signal,
      ),
    ),
    addTrust: os.addTrust.handler(async ({ input }) => ({ added: await signers.add(input) })),
    removeTrust: os.removeTrust.handler(({ input }) => {
      signers.remove(input.id);
      return {};
    }),
    restoreTrust: os.restoreTrust.handler(({ input }) => {
      signers.restore(input.id);
      return {};
    }),
    sign: os.sign.handler(async ({ input, signal }) => {
      const { names, warnings } = await signatures.sign(input.of, input.version, input.scopes, input.key, within(signal));
      return { names: [...names], warnings: [...warnings] };
    }),
    payload: os.payload.handler(({ input, signal }) => signatures.payload(input.of, input.scope, input, within(signal))),
    takeSignature: os.takeSignature.handler(({ input, signal }) =>
      signatures.take(input.of, input.version, input.name, input.jws, within(signal)),
    ),
    removeSignature: os.removeSignature.handler(async ({ input, signal }) => {
      await signatures.remove(input.of, input.version, input.name, within(signal));
      return {};
    }),
  });
}
