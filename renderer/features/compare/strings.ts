/** What the compare screen says. */
export const strings = {
  layoutOnly: 'Only the layout differs. The device compares the raw text, so this counts as a change.',
  policyFlip: '**The restart policy changes here.** A flip in either direction reboots once.',
} as const;
