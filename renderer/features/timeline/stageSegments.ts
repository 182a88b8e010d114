import type { RevisionView } from '../../../shared/contract/device.ts';
import { strings } from '../../strings/timeline.ts';
import { duration } from '../../ui/age.ts';

export interface StageSegment {
  readonly stage: string;
  readonly word: string;
  readonly ms: number;
}

const words: Readonly<Record<string, string>> = strings.stages;

/** The stages that took time, in order, with a word for each. */
export function stageSegments(stages: RevisionView['stages']): readonly StageSegment[] {
  return (stages ?? [])
    .filter(({ ms }) => ms > 0)
    .map(({ stage, ms }) => ({ stage, ms, word: words[stage.toLowerCase()] ?? stage.toLowerCase() }));
}

/** All stages together, in milliseconds. */
export function totalTime(segments: readonly StageSegment[]): number {
  return segments.reduce((sum, { ms }) => sum + ms, 0);
}

/** The same in words, for a tooltip and for who can't see the bar. */
export function stageWords(segments: readonly StageSegment[]): string {
  return strings.stagesLabel(segments.map(({ word, ms }) => `${word} ${duration(ms)}`));
}
