import type { ChosenFile } from './addFiles.ts';

/** Asks for files of this computer, or for a folder with all that is in it. None when the person cancels. */
export function chooseFiles({ folder = false, multiple = true } = {}): Promise<readonly ChosenFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = multiple;
  input.webkitdirectory = folder;
  return new Promise((done) => {
    input.addEventListener('change', () =>
      done([...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }))),
    );
    input.addEventListener('cancel', () => done([]));
    input.click();
  });
}
