import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { LogFile } from '../../../shared/contract/logs.ts';
import { strings } from '../../strings/logs.ts';
import { dataSize } from '../../ui/dataSize.ts';
import type { LogBuffer } from './logBuffer.ts';
import { fileName } from './logText.ts';
import { saveFile, saveShown } from './saving.ts';
import type { Saving } from './useSaving.ts';

interface SaveMenuProps {
  readonly device: DeviceSummary;
  readonly buffer: LogBuffer;
  readonly saving: Saving;
  /** Those on the device that can be saved as they are. */
  readonly files: readonly LogFile[];
  readonly onOpen: () => void;
}

/** What is shown, or a whole file from the device, to a file on this computer. */
export function SaveMenu({ device, buffer, saving, files, onOpen }: SaveMenuProps) {
  const shown = buffer.view.length;
  const whole = (file: LogFile) => {
    const name = file.packed ? packedName(device.name, file) : fileName(device.name, Date.now(), `${file.revision}-${file.path}`);
    saving.start(name, (onProgress, signal) => saveFile(device.id, file, name, onProgress, signal));
  };
  return (
    <Menu position="top-end" width={340} onOpen={onOpen}>
      <Menu.Target>
        <ActionIcon aria-label={strings.save} title={strings.save} loading={saving.progress !== undefined}>
          <IconDownload size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
        <Menu.Item
          disabled={shown === 0}
          onClick={() => {
            const name = fileName(device.name, Date.now());
            saving.start(name, (onProgress, signal) => saveShown(buffer, name, onProgress, signal));
          }}
        >
          {strings.saveShown(shown)}
        </Menu.Item>
        {files.length > 0 && <Menu.Label>{strings.saveFile}</Menu.Label>}
        {files.map((file) => (
          <Menu.Item key={`${file.revision}/${file.path}`} onClick={() => whole(file)}>
            {strings.saveFileName(`${file.platform}/${file.source}`, dataSize(file.size))}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A packed file keeps its ending. */
function packedName(device: string, { revision, path }: LogFile): string {
  return `${device}-${revision}-${path}`.replaceAll(/[^A-Za-z0-9._-]+/g, '-');
}
