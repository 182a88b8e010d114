import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { AppEdit, AppView, CheckoutView, PvrCommand } from '../../../../shared/contract/checkout.ts';
import { client, orpc, problemOf } from '../../../rpc.ts';
import { appStrings as strings } from '../../../strings/checkoutTabs.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { showProblem } from '../../../ui/ProblemNotice.tsx';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { showNotice, showUndo } from '../../../ui/showNotice.ts';
import { VirtualTable } from '../../../ui/VirtualTable.tsx';
import { ScreenLoading } from '../../shell/ScreenLoading.tsx';
import changeClasses from '../changes/changes.module.css';
import { whyNoWrite } from '../reasons.ts';
import { AppInspector } from './AppInspector.tsx';
import { appColumns } from './appColumns.tsx';
import { inverseOf } from './appEdits.ts';
import classes from './apps.module.css';
import { PvrBar } from './PvrBar.tsx';
import { PvrDialog } from './PvrDialog.tsx';

const nameOf = ({ name }: AppView) => name;
const noApps: readonly AppView[] = [];

/** The containers that pvr made, what of them can be changed here, and what needs the pvr command. */
export function AppsTab({ view }: { view: CheckoutView }) {
  const { id, version } = view;
  const query = useQuery({
    queryKey: ['checkout apps', id, version],
    queryFn: () => client.checkout.apps({ id }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
    placeholderData: (before) => before,
    retry: false,
  });
  const pvr = useQuery(orpc.checkout.pvr.queryOptions({ staleTime: 30_000 })).data;
  const [selected, setSelected] = useState<string>();
  const [command, setCommand] = useState<PvrCommand['kind']>();
  const edit = useAppEdit(view);
  const apps = query.data ?? noApps;
  const app = useMemo(() => apps.find(({ name }) => name === selected), [apps, selected]);
  const noWrite = whyNoWrite(view);
  return (
    <div className={classes.tab}>
      <PvrBar program={pvr} reason={noWrite} onCommand={setCommand} />
      <div className={classes.rest}>
        {query.error !== null && query.data === undefined ? (
          <div className={changeClasses.note}>
            <ProblemPanel problem={problemOf(query.error)} />
          </div>
        ) : query.data === undefined ? (
          <ScreenLoading />
        ) : apps.length === 0 ? (
          <EmptyState sentence={strings.none} />
        ) : (
          <SplitPane
            name="checkout-apps"
            label={strings.resize}
            fixed="second"
            defaultWidth={360}
            first={
              <VirtualTable
                label={strings.table}
                rows={apps}
                columns={appColumns}
                rowKey={nameOf}
                selected={selected}
                onSelect={setSelected}
              />
            }
            second={
              app === undefined ? undefined : (
                <AppInspector
                  key={app.name}
                  checkoutId={id}
                  app={app}
                  disabled={noWrite !== undefined || edit.busy || app.template === ''}
                  onEdit={(change) => edit.run(app, change)}
                  onClose={() => setSelected(undefined)}
                />
              )
            }
          />
        )}
      </div>
      {command !== undefined && (
        <PvrDialog
          id={id}
          kind={command}
          app={selected ?? apps[0]?.name ?? ''}
          apps={apps}
          onClose={() => setCommand(undefined)}
        />
      )}
    </div>
  );
}

/** Changes an app in src.json and run.json, with a way back. */
function useAppEdit({ id }: CheckoutView) {
  const { mutate, isPending } = useMutation(
    orpc.checkout.editApp.mutationOptions({ onError: (error) => showProblem(problemOf(error)) }),
  );
  const queryClient = useQueryClient();
  const readAgain = () => queryClient.invalidateQueries({ queryKey: ['checkout apps', id] });
  const run = (app: AppView, edit: AppEdit) =>
    mutate(
      { id, app: app.name, edit },
      {
        onSuccess: () => {
          void readAgain();
          showUndo(strings.edited(app.name), () => {
            client.checkout.editApp({ id, app: app.name, edit: inverseOf(app, edit) }).then(
              () => {
                void readAgain();
                showNotice(strings.undone(app.name));
              },
              (error: unknown) => showProblem(problemOf(error)),
            );
          });
        },
      },
    );
  return { run, busy: isPending };
}
