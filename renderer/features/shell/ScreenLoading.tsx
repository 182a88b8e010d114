import { Center, Loader } from '@mantine/core';
import { strings } from '../../strings/shell.ts';

/** Shown while a screen's code is being read; it is on this computer, so hardly ever seen. */
export function ScreenLoading() {
  return (
    <Center h="100%">
      <Loader aria-label={strings.loading} />
    </Center>
  );
}
