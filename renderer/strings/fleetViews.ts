import type { BuiltInView } from '../features/fleet/views/savedViews.ts';

const builtIn: { readonly [V in BuiltInView]: string } = { all: 'All', attention: 'Needs attention' };

/** What the views of the fleet say. */
export const strings = {
  views: 'Views',
  builtIn,
  changed: 'The filter is not the one that the view was saved with',
  menu: (name: string) => `What can be done with the view ${name}`,
  update: 'Save this filter in the view',
  back: 'Back to its own filter',
  rename: 'Rename…',
  moveLeft: 'Move left',
  moveRight: 'Move right',
  delete: 'Delete',
  deleted: (name: string) => `View ${name} deleted.`,
  save: 'Save view',
  saveHelp: 'Keeps the filter, the order and the columns under a name',
  full: (most: number) => `There are ${most} views already: delete one first.`,
  saveTitle: 'Save this view',
  saveText: (filter: string) =>
    filter.trim() === ''
      ? 'Keeps the order and the columns of the table, with all devices.'
      : `Keeps the filter “${filter.trim()}” with the order and the columns of the table.`,
  saveConfirm: 'Save',
  renameTitle: (name: string) => `Rename ${name}`,
  renameConfirm: 'Rename',
  name: 'Name',
  nameMissing: 'Give it a name.',
  nameTaken: 'Another view has this name.',
  cancel: 'Cancel',
  show: (name: string) => `Show view ${name}`,
} as const;
