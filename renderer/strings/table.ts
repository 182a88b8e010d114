/** What every table says of its rows and columns. */
export const strings = {
  markAll: 'Select all rows that are shown',
  headerHelp: (header: string, sorts: boolean) =>
    `${header}${sorts ? ': click to sort' : ''}. Drag to move the column, its edge to size it (double click fits). Keys: Shift+← → sizes, Alt+Shift+← → moves.`,
  columns: 'Columns',
  columnsTitle: 'Columns of the table',
  columnList: 'Columns in their order',
  moveUp: (column: string) => `Move ${column} up`,
  moveDown: (column: string) => `Move ${column} down`,
  alwaysShown: 'always shown',
  reset: 'Reset columns',
} as const;
