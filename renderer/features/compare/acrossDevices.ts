import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { strings } from '../../strings/compare.ts';

type Board = Pick<DeviceSummary, 'name' | 'board' | 'arch'>;

/** What has to be said where a state of one device is held against another's: whose device the forecast is about, and that boards differ. */
export function acrossDevices(mover: Board, model: Board, modelIsDraft: boolean): readonly string[] {
  const sentence = modelIsDraft ? strings.acrossDraft : strings.across;
  const differs = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== other;
  const kindOf = ({ board, arch }: Board) =>
    [board, arch?.split('/')[0]].filter((part) => part !== undefined && part !== '').join(' · ');
  const otherBoard = differs(mover.board, model.board) || differs(mover.arch?.split('/')[0], model.arch?.split('/')[0]);
  return [
    sentence(mover.name, model.name),
    ...(otherBoard ? [strings.otherBoard(mover.name, kindOf(mover), model.name, kindOf(model))] : []),
  ];
}
