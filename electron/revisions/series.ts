import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceId, DraftId, SeriesId } from '../../shared/contract/ids.ts';
import type { Series } from '../../shared/contract/series.ts';
import { Listeners } from '../fleet/listeners.ts';

type Summary = Omit<Series, 'items'> & { devices: number; done: number; failed: number };

/** Changes on their way to several devices. */
export class SeriesRoom {
  readonly changes = new Listeners<SeriesId>();

  list(): readonly Summary[] {
    return [];
  }

  get(_id: SeriesId): Series {
    throw gone();
  }

  fromDraft(_draft: DraftId, _devices: readonly DeviceId[]): SeriesId {
    throw gone();
  }

  fromPolicies(_changes: readonly { deviceId: DeviceId; container: string; policy: string }[]): SeriesId {
    throw gone();
  }

  async resolve(_id: SeriesId, _device: DeviceId, _sides: Readonly<Record<string, string>>, _signal: AbortSignal): Promise<void> {
    throw gone();
  }

  prepare(_id: SeriesId, _device: DeviceId): void {
    throw gone();
  }

  leaveOut(_id: SeriesId, _device: DeviceId, _out: boolean): void {
    throw gone();
  }

  start(_id: SeriesId, _message: string): void {
    throw gone();
  }

  stop(_id: SeriesId): void {
    throw gone();
  }

  discard(_id: SeriesId): void {
    throw gone();
  }
}

function gone(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'This series is not there any more.',
    unchanged: 'Nothing was done.',
    next: 'Start a new one from a draft or from the restart policies.',
  });
}
