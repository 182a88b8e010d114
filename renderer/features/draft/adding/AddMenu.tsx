import { Button, Menu } from '@mantine/core';
import { IconBraces, IconFilePlus, IconFolderPlus, IconPackage, IconPlus } from '@tabler/icons-react';
import { strings } from '../../../strings/draft.ts';

interface AddMenuProps {
  readonly onJson: () => void;
  readonly onFiles: () => void;
  readonly onFolder: () => void;
  readonly onContainer: () => void;
}

/** Adds a container, a JSON entry, or files from this computer. */
export function AddMenu({ onJson, onFiles, onFolder, onContainer }: AddMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconPlus size={14} aria-hidden />}>{strings.add}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPackage size={14} aria-hidden />} onClick={onContainer}>
          {strings.addContainer}
        </Menu.Item>
        <Menu.Item leftSection={<IconBraces size={14} aria-hidden />} onClick={onJson}>
          {strings.addJson}
        </Menu.Item>
        <Menu.Item leftSection={<IconFilePlus size={14} aria-hidden />} onClick={onFiles}>
          {strings.addFiles}
        </Menu.Item>
        <Menu.Item leftSection={<IconFolderPlus size={14} aria-hidden />} onClick={onFolder}>
          {strings.addFolder}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
