import { implementer, type Rooms } from './rooms.ts';

export function diagnosisRouter({ diagnosis, report }: Rooms) {
  const os = implementer(report).diagnosis;
  return os.router({
    run: os.run.handler(({ input, signal }) => diagnosis.run(input.id, signal ?? new AbortController().signal)),
  });
}
