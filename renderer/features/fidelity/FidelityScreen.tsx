import { Button, Select } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { DeviceId } from '../../../shared/contract/ids.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/fidelity.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { useAddressPart } from '../compare/useAddressPart.ts';
import { useFleet } from '../fleet/useFleet.ts';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { EntryInspector } from './EntryInspector.tsx';
import classes from './fidelity.module.css';
import { fidelityColumns } from './fidelityColumns.tsx';
import { entriesOf, resultFrom, results } from './filtered.ts';
import { Statements } from './Statements.tsx';

const resultChoices = results.map((value) => ({ value, label: strings.results[value] }));
const choice = { w: 160, clearable: true, comboboxProps: { width: 'max-content' } } as const;

/** How often the forecasts were right, and every update in which one was not. */
export function FidelityScreen() {
  const [device, setDevice] = useAddressPart('device');
  const [resultPart, setResult] = useAddressPart('result');
  const [selected, setSelected] = useAddressPart('update');
  const deviceId = DeviceId.safeParse(device).data;
  const live = useLive(orpc.fidelity.overview, deviceId === undefined ? {} : { deviceId });
  const fleet = useFleet().data?.devices;
  const devices = useMemo(
    () =>
      [...(fleet?.values() ?? [])]
        .map(({ id, name }) => ({ value: id, label: name }))
        .sort((a, b) => (a.label < b.label ? -1 : 1)),
    [fleet],
  );
  const overview = live.data;
  const result = resultFrom(resultPart);
  const entries = useMemo(() => (overview === undefined ? [] : entriesOf(overview, result)), [overview, result]);
  const shown = entries.find(({ updateId }) => updateId === selected);

  if (overview === undefined) {
    return live.error === null ? <ScreenLoading /> : <ProblemPanel problem={problemOf(live.error)} />;
  }
  const clear = () => {
    setDevice(undefined);
    setResult(undefined);
  };
  const none = overview.entries.length === 0;
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.heading}>{strings.title}</h1>
        <search className={classes.filters} aria-label={strings.filters}>
          <Select
            {...choice}
            aria-label={strings.result}
            placeholder={strings.anyResult}
            data={resultChoices}
            value={result ?? null}
            onChange={(value) => setResult(value ?? undefined)}
          />
          <Select
            {...choice}
            aria-label={strings.device}
            placeholder={strings.anyDevice}
            searchable
            limit={100}
            data={devices}
            value={deviceId ?? null}
            onChange={(value) => setDevice(value ?? undefined)}
          />
        </search>
      </div>
      {none ? (
        <EmptyState sentence={deviceId === undefined ? strings.empty : strings.emptyOfDevice}>
          {deviceId === undefined ? (
            <Button component={Link} href={paths.fleet()}>
              {strings.toFleet}
            </Button>
          ) : (
            <Button onClick={clear}>{strings.clear}</Button>
          )}
        </EmptyState>
      ) : (
        <>
          <Statements overview={overview} />
          <div className={classes.rest}>
            {entries.length === 0 ? (
              <EmptyState sentence={strings.nothingFound}>
                <Button onClick={clear}>{strings.clear}</Button>
              </EmptyState>
            ) : (
              <SplitPane
                name="fidelity"
                label={strings.width}
                fixed="second"
                defaultWidth={440}
                minWidth={320}
                first={
                  <VirtualTable
                    label={strings.list}
                    rows={entries}
                    columns={fidelityColumns}
                    rowKey={({ updateId }) => updateId}
                    selected={shown?.updateId}
                    onSelect={setSelected}
                    initialSort={{ id: 'at', desc: true }}
                  />
                }
                second={shown && <EntryInspector key={shown.updateId} entry={shown} onClose={() => setSelected(undefined)} />}
              />
            )}
          </div>
        </>
      )}
    </div>
  );
}
