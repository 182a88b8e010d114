import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconClipboardText, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { DeviceId } from '../../../shared/contract/ids.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { usePaletteActions } from '../../stores/palette.ts';
import { useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/diagnosis.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { showNotice } from '../../ui/showNotice.ts';
import { DeviceDialog } from '../fleet/DeviceDialog.tsx';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import classes from './diagnosis.module.css';
import { byWay, reportText, summary } from './summary.ts';
import { useDiagnosis } from './useDiagnosis.ts';
import { WaySection } from './WaySection.tsx';

/** "Why can't I reach it?": each way to a device in numbered steps, with what to do where one fails. */
export function DiagnosisScreen({ deviceId }: { deviceId: string }) {
  const { data, error } = useLive(orpc.device.watch, { id: DeviceId.parse(deviceId) });
  if (error !== null) {
    return (
      <div className={classes.column}>
        <ProblemPanel problem={problemOf(error)}>
          <Button component={Link} href={paths.fleet()}>
            {strings.toFleet}
          </Button>
        </ProblemPanel>
      </div>
    );
  }
  return data === undefined ? <ScreenLoading /> : <Diagnosis device={data.summary} />;
}

function Diagnosis({ device }: { device: DeviceSummary }) {
  const { steps, running, startedAt, problem, again, stop } = useDiagnosis(device.id);
  const [editing, edit] = useDisclosure(false);
  const { name } = device;
  const copyReport = useMemo(
    () => () => {
      const copying = navigator.clipboard.writeText(reportText(name, startedAt, steps));
      copying.then(
        () => showNotice(strings.copied),
        () => showNotice(strings.notCopied),
      );
    },
    [name, startedAt, steps],
  );
  useShortcuts(
    strings.title,
    useMemo(() => [{ keys: 'r', label: strings.runAgain, run: again }], [again]),
  );
  usePaletteActions(
    'diagnosis',
    useMemo(
      () => [
        { id: 'diagnosis-again', label: strings.runAgain, icon: IconRefresh, keys: 'r', run: again },
        { id: 'diagnosis-report', label: strings.copyReport, icon: IconClipboardText, run: copyReport },
      ],
      [again, copyReport],
    ),
  );
  const missing = (['ssh', 'http'] as const).filter((way) => device.ways[way].kind === 'not-configured');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to
    <section className={classes.screen} tabIndex={0} aria-label={strings.of(name)}>
      <div className={classes.column}>
        <header className={classes.header}>
          <h1 className={classes.title}>{strings.of(name)}</h1>
          <span className={classes.buttons}>
            <Button component={Link} href={paths.device(device.id)}>
              {strings.toDevice}
            </Button>
            <Button leftSection={<IconClipboardText size={14} aria-hidden />} onClick={copyReport} disabled={steps.length === 0}>
              {strings.copyReport}
            </Button>
            {running ? (
              <Button leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={stop}>
                {strings.stop}
              </Button>
            ) : (
              <Button variant="filled" leftSection={<IconRefresh size={14} aria-hidden />} onClick={again}>
                {strings.runAgain}
              </Button>
            )}
          </span>
        </header>
        <p className={classes.summary} role="status">
          {summary(steps, running)}
        </p>
        <p className={classes.dim}>
          {strings.intro} <RelativeTime at={startedAt} />
        </p>
        {problem !== undefined && <ProblemPanel problem={problem} />}
        {byWay(steps).map(({ way, steps: list }) => (
          <WaySection key={way} way={way} steps={list} device={device} onEdit={edit.open} onDone={again} />
        ))}
        {missing.map((way) => (
          <p key={way} className={classes.missing}>
            {strings.notSetUp(strings[way])}
            <Button size="compact-xs" onClick={edit.open}>
              {strings.setUp}
            </Button>
          </p>
        ))}
      </div>
      <DeviceDialog opened={editing} onClose={edit.close} device={device} />
    </section>
  );
}
