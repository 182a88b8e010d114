/** What the editor of texts says. */
export const strings = {
  nextChange: 'Next difference',
  previousChange: 'Previous difference',
} as const;
