import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { ActivityScreen } from './features/activity/ActivityScreen.tsx';
import { CheckoutsScreen } from './features/checkouts/list/CheckoutsScreen.tsx';
import { DeviceScreen } from './features/device/DeviceScreen.tsx';
import { FidelityScreen } from './features/fidelity/FidelityScreen.tsx';
import { FleetScreen } from './features/fleet/FleetScreen.tsx';
import { SettingsScreen } from './features/settings/SettingsScreen.tsx';
import { NotFound } from './features/shell/NotFound.tsx';
import { ScreenLoading } from './features/shell/ScreenLoading.tsx';

// The screens with an editor bring Monaco: they are loaded when somebody goes there.
const CompareScreen = lazy(async () => ({ default: (await import('./features/compare/CompareScreen.tsx')).CompareScreen }));
const CheckoutCompareScreen = lazy(async () => ({
  default: (await import('./features/compare/CompareScreen.tsx')).CheckoutCompareScreen,
}));
const CheckoutScreen = lazy(async () => ({ default: (await import('./features/checkouts/CheckoutScreen.tsx')).CheckoutScreen }));
const DifferencesScreen = lazy(async () => ({
  default: (await import('./features/compare/differences/DifferencesScreen.tsx')).DifferencesScreen,
}));
const DraftScreen = lazy(async () => ({ default: (await import('./features/draft/DraftScreen.tsx')).DraftScreen }));
const DiagnosisScreen = lazy(async () => ({
  default: (await import('./features/diagnosis/DiagnosisScreen.tsx')).DiagnosisScreen,
}));
const PostScreen = lazy(async () => ({ default: (await import('./features/post/PostScreen.tsx')).PostScreen }));
const PoliciesScreen = lazy(async () => ({ default: (await import('./features/policies/PoliciesScreen.tsx')).PoliciesScreen }));
const SeriesScreen = lazy(async () => ({ default: (await import('./features/series/SeriesScreen.tsx')).SeriesScreen }));
const UpdateScreen = lazy(async () => ({ default: (await import('./features/update/UpdateScreen.tsx')).UpdateScreen }));

/** Which screen an address shows. The addresses are made in routes/paths.ts. */
export function Routes() {
  return (
    <Suspense fallback={<ScreenLoading />}>
      <Switch>
        <Route path="/">
          <FleetScreen />
        </Route>
        <Route path="/activity">
          <ActivityScreen />
        </Route>
        <Route path="/fidelity">
          <FidelityScreen />
        </Route>
        <Route path="/settings/:section?">{({ section }) => <SettingsScreen section={section} />}</Route>
        <Route path="/policies">
          <PoliciesScreen />
        </Route>
        <Route path="/checkouts">
          <CheckoutsScreen />
        </Route>
        <Route path="/checkout/:id/compare">
          <CheckoutCompareScreen />
        </Route>
        <Route path="/checkout/:id/:tab?">{({ id, tab }) => <CheckoutScreen key={id} checkoutId={id} tab={tab} />}</Route>
        <Route path="/series/:seriesId">
          <SeriesScreen />
        </Route>
        <Route path="/device/:id/compare">
          <CompareScreen />
        </Route>
        <Route path="/device/:id/differences">
          <DifferencesScreen />
        </Route>
        <Route path="/device/:id/diagnosis">{({ id }) => <DiagnosisScreen key={id} deviceId={id} />}</Route>
        <Route path="/device/:id/draft/:draftId">
          <DraftScreen />
        </Route>
        <Route path="/device/:id/draft/:draftId/post">
          <PostScreen />
        </Route>
        <Route path="/device/:id/update/:updateId">
          <UpdateScreen />
        </Route>
        <Route path="/update/:updateId">
          <UpdateScreen />
        </Route>
        <Route path="/device/:id/:tab?">{({ id, tab }) => <DeviceScreen key={id} deviceId={id} tab={tab} />}</Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </Suspense>
  );
}
