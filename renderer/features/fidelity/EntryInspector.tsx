import { Button, VisuallyHidden } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { FidelityEntry } from '../../../shared/contract/fidelity.ts';
import type { VerdictLine } from '../../../shared/contract/update.ts';
import { paths } from '../../routes/paths.ts';
import { client, problemOf } from '../../rpc.ts';
import { statementName, strings } from '../../strings/fidelity.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { Inspector } from '../../ui/Inspector.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../ui/meaning.ts';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { showNotice } from '../../ui/showNotice.ts';
import classes from './fidelity.module.css';
import { resultMeaning } from './fidelityColumns.tsx';

const agreement: { readonly [A in VerdictLine['agrees']]: Meaning } = { yes: 'ok', no: 'error', 'not-observed': 'none' };
/** So many reasons are shown; the update itself has all of them. */
const mostReasons = 8;

/** One update: what was forecast, what happened, and the states for a report. */
export function EntryInspector({ entry, onClose }: { entry: FidelityEntry; onClose: () => void }) {
  const { deviceId, updateId, deviceName, from, revision, result, lines, forecast, pairKept } = entry;
  const copy = useMutation({
    mutationFn: async () => {
      const pair = await client.fidelity.pair({ updateId });
      await navigator.clipboard.writeText(JSON.stringify(pair, null, 2));
    },
    onSuccess: () => showNotice(strings.pairCopied),
    onError: (error) => showProblem(problemOf(error)),
  });
  const reasons = forecast.kind === 'move' ? forecast.reasons : [];
  return (
    <Inspector label={strings.inspector} title={deviceName} closeLabel={strings.close} onClose={onClose}>
      <div className={classes.facts}>
        <MeaningBadge meaning={resultMeaning[result]}>{strings.results[result]}</MeaningBadge>
        <code>{from === undefined ? revision : strings.moved(from, revision)}</code>
      </div>
      <table className={classes.table} aria-label={strings.lines}>
        <thead>
          <tr>
            <th scope="col">{strings.what}</th>
            <th scope="col">{strings.forecast}</th>
            <th scope="col">{strings.actual}</th>
            <th scope="col">
              <VisuallyHidden>{strings.agreement}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.what}>
              <th scope="row">{statementName(line.what)}</th>
              <td>{inWords(line.forecast)}</td>
              <td>{inWords(line.actual)}</td>
              <td>
                <MeaningBadge meaning={agreement[line.agrees]} plain>
                  {strings.agrees[line.agrees]}
                </MeaningBadge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {reasons.length > 0 && (
        <section aria-labelledby="fidelity-reasons">
          <h3 id="fidelity-reasons" className={classes.title}>
            {strings.reasons}
          </h3>
          <ul className={classes.reasons}>
            {reasons.slice(0, mostReasons).map(({ key, rule }) => (
              <li key={key}>
                <code>{key}</code> {rule}
              </li>
            ))}
          </ul>
        </section>
      )}
      {forecast.kind !== 'move' && <p>{forecast.reason}</p>}
      <div className={classes.actions}>
        <GatedButton
          reason={pairKept ? undefined : strings.pairNotKept}
          onClick={() => copy.mutate()}
          loading={copy.isPending}
          leftSection={<IconCopy size={14} aria-hidden />}
        >
          {strings.copyPair}
        </GatedButton>
        <Button component={Link} href={paths.update(deviceId, updateId)}>
          {strings.openUpdate}
        </Button>
      </div>
    </Inspector>
  );
}

/** The verdict has the protocol's word for it; the screens say "no reboot". */
function inWords(value: string): string {
  return value === 'non-reboot' ? strings.noReboot : value;
}
