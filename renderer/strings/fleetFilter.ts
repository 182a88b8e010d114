import type { FieldName } from '../features/fleet/filter/filterFields.ts';
import type { FilterError } from '../features/fleet/filter/parseFilter.ts';

const tokenTexts: { readonly [F in FieldName]: string } = {
  status: 'how it is: error, updating, up-to-date, attention…',
  source: 'lan, hub, or both',
  label: 'a label: site=lab, or site with any value',
  rev: 'the running revision: 14, <12, >=3, locals/…',
  container: 'a container that runs on it',
  account: 'the hub account',
  update: 'an update in flight: yes, no, or its stage',
  checkpoint: 'the running revision is a checkpoint: yes or no',
  mode: 'how Pantavisor runs: remote or local',
  board: 'the board',
  version: 'the version of Pantavisor',
  name: 'its name alone',
};

/** What is wrong in a filter, in a sentence. The rest of it applies. */
function errorText(error: FilterError): string {
  switch (error.kind) {
    case 'unknown-token':
      return `There is no ${error.name}: token. To look for the text, put it in quotes.`;
    case 'unknown-value':
      return error.field === 'checkpoint'
        ? 'checkpoint: is yes or no.'
        : error.field === 'source'
          ? 'source: is lan, hub or both.'
          : `No ${error.field} begins with “${error.value}”.`;
    case 'no-comparison':
      return `${error.field}: can’t be compared; < and > work with rev: only.`;
    case 'no-number':
      return error.value.includes('/')
        ? 'Names such as locals/… have no order: compare with a number, as in rev:<12.'
        : `rev: compares with a number, as in rev:<12, and “${error.value}” is none.`;
    case 'unclosed-quote':
      return 'A quote is not closed: everything after it belongs to it.';
  }
}

/** What the filter of the fleet says. */
export const strings = {
  filter: 'Filter devices',
  placeholder: 'Filter: words, status:error, label:site=lab, rev:<12',
  help: 'Every word and token has to hold. A comma means “or”, a minus before a token “not”, quotes hold words together.',
  clear: 'Clear the filter',
  completions: 'What the filter can look for',
  tokenTexts,
  devices: (count: number) => `${count} ${count === 1 ? 'device' : 'devices'}`,
  attention: 'failed, refused, not answering or blocked',
  errorText,
  rest: 'The rest of the filter applies.',
  unordered: (count: number) =>
    `${count} ${count === 1 ? 'device runs a revision whose name has' : 'devices run revisions whose names have'} no number; a comparison leaves ${count === 1 ? 'it' : 'them'} out.`,
} as const;
