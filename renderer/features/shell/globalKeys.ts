import { onMac } from '../../ui/onMac.ts';

// On a Mac, Option with an arrow moves by words in a field of text.
export const backKeys = onMac ? 'mod+[' : 'alt+ArrowLeft';
export const forwardKeys = onMac ? 'mod+]' : 'alt+ArrowRight';
