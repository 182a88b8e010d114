import { implementer, type Rooms } from './rooms.ts';

export function terminalRouter({ terminals, report }: Rooms) {
  const os = implementer(report).terminal;
  return os.router({
    open: os.open.handler(({ input: { id, container, columns, rows }, signal }) =>
      terminals.open({ id, container, size: { columns, rows } }, signal ?? new AbortController().signal),
    ),
    type: os.type.handler(async ({ input }) => {
      await terminals.type(input.terminalId, Buffer.from(input.base64, 'base64'));
      return {};
    }),
    resize: os.resize.handler(({ input: { terminalId, columns, rows } }) => {
      terminals.resize(terminalId, { columns, rows });
      return {};
    }),
    taken: os.taken.handler(({ input }) => {
      terminals.taken(input.terminalId, input.bytes);
      return {};
    }),
    close: os.close.handler(({ input }) => {
      terminals.close(input.terminalId);
      return {};
    }),
  });
}
