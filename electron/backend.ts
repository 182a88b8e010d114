import { homedir } from 'node:os';
import { join } from 'node:path';
import { defaultSshUser } from '../shared/contract/connection.ts';
import type { Notice } from '../shared/contract/settings.ts';
import { pvrObjectsFolder } from './checkouts/origins/objects-folder.ts';
import { Origins } from './checkouts/origins/origins.ts';
import { Checkouts } from './checkouts/room.ts';
import { Accounts } from './fleet/accounts/accounts.ts';
import { pvrFolder } from './fleet/accounts/pvr-sessions.ts';
import { Demo, type StartDemo } from './fleet/demo.ts';
import { Diagnosis } from './fleet/diagnosis/diagnosis.ts';
import { Fleet } from './fleet/fleet.ts';
import { Neighbours } from './fleet/neighbours.ts';
import { Terminals } from './fleet/terminals/terminals.ts';
import type { HostedBackend, OpenBackendOptions } from './host.ts';
import { openLog } from './log.ts';
import { Drafts } from './revisions/drafts.ts';
import { FidelityBook } from './revisions/fidelity.ts';
import { FileIntake } from './revisions/file-intake.ts';
import { FleetStates } from './revisions/fleet-states.ts';
import { SeriesRoom } from './revisions/series.ts';
import { States } from './revisions/states.ts';
import { TimelineFeed } from './revisions/timeline-feed.ts';
import { Updates } from './revisions/updates.ts';
import { createRouter } from './router/index.ts';
import type { CheckoutStates } from './signatures/checkout-states.ts';
import { signatureReport } from './signatures/report.ts';
import { Signatures } from './signatures/room.ts';
import { trustFrom } from './signatures/trust.ts';
import { TrustedSigners } from './signatures/trusted-signers.ts';
import { startDemoFleet, startDemoHub } from './simulator/index.ts';
import { pantavisorSource } from './sources/pantavisor/index.ts';
import { openProfile } from './storage/profile.ts';

/** How much quicker than real devices the simulated fleet moves, so that an update is seen to its end in a minute. */
const demoTimeScale = 0.25;

/** Builds everything from its ports, goes on with what was under way, and hands out the router. */
export async function openBackend(options: OpenBackendOptions): Promise<HostedBackend> {
  const now = () => Date.now();
  const profile = openProfile(options.profileDir, now, options.keyring);
  const log = openLog(profile.dir);
  const report = (error: unknown) => log.error(error);
  log.info('started', { version: options.version, platform: process.platform, node: process.version });
  const fleet = new Fleet({ profile, source: pantavisorSource, now, report });
  const pvrDir = options.pvrDir ?? pvrFolder(process.env, homedir());
  const accounts = new Accounts({ fleet, profile, now, report, pvrDir });
  const states = new States(fleet, profile.revisions);
  const intake = new FileIntake(profile.objects);
  const drafts = new Drafts({ drafts: profile.drafts, objects: profile.objects, intake, states, now });
  const verifySignatures = async (text: string) =>
    (await signatureReport(text, trustFrom(profile.trust.all()), now())).signatures;
  const updates = new Updates({ fleet, profile, drafts, states, now, report, verifySignatures });
  const series = new SeriesRoom({ fleet, profile, states, drafts, updates, now, report });
  const fleetStates = new FleetStates({ fleet, store: profile.revisions, states, drafts, report });
  const fidelity = new FidelityBook({ fleet, updates: profile.updates });
  const objectsDir = pvrObjectsFolder(process.env, pvrDir);
  const checkouts = new Checkouts({ store: profile.checkouts, activity: profile.activity, objectsDir, now, report });
  const origins = new Origins({ fleet, states, drafts, objects: profile.objects, checkouts, home: homedir(), objectsDir });
  const signers = new TrustedSigners(profile.trust, now);
  const signatures = new Signatures({ drafts, states, checkouts: signatureCheckouts(checkouts), signers, now });
  const terminals = new Terminals({ fleet, profile });
  const diagnosis = new Diagnosis({ fleet, accounts, profile, now });
  const demo = new Demo({
    fleet,
    accounts,
    profile,
    start: startDemo(options.timeScale ?? demoTimeScale),
    dir: join(profile.dir, 'demo'),
    now,
    onChange: (running) => fleet.events.tell({ kind: 'demo', running }),
  });
  const notices = [...profile.notices];
  if (options.demo || fleet.all().some((watch) => watch.record.demo) || accounts.overview.accounts.some(({ demo }) => demo)) {
    await demo.start().catch((error: unknown) => {
      report(error);
      notices.push(noDemoNotice(error, now()));
    });
  }
  updates.resumeOpen();
  series.resumeOpen();
  if (profile.unreadable === 0) {
    await profile.objects
      .sweep(new Set([...drafts.objectsInUse(), ...updates.objectsInUse(), ...series.objectsInUse()]))
      .catch(report);
  }
  const timelines = new TimelineFeed(profile, states, updates, report);
  const router = createRouter({
    profile,
    fleet,
    neighbours: new Neighbours(),
    accounts,
    drafts,
    intake,
    states,
    timelines,
    updates,
    series,
    fleetStates,
    fidelity,
    signatures,
    terminals,
    diagnosis,
    checkouts,
    origins,
    demo,
    notices,
    version: options.version,
    now,
    report,
  });
  return {
    router,
    report,
    close: async () => {
      await terminals.closeAll().catch(report);
      await checkouts.closeAll().catch(report);
      for (const room of [series, accounts, fleet, intake, updates, demo]) await room.close().catch(report);
      profile.close();
      log.close();
    },
  };
}

/** What signatures need of checkouts. */
function signatureCheckouts(checkouts: Checkouts): CheckoutStates {
  return {
    state: async (id, which) => (await checkouts.state(id, which)).text,
    writeSignatures: (id, files, signal) => checkouts.writeSignatures(id, files, signal),
    removeFiles: (id, paths) => checkouts.removeFiles(id, paths),
  };
}

function noDemoNotice(error: unknown, at: number): Notice {
  return {
    id: 'demo-not-started',
    at,
    title: 'The simulated devices could not be started',
    text: `Why: ${error instanceof Error ? error.message : String(error)}. They show as not answering; stop the demo and start it again to begin afresh.`,
  };
}

function startDemo(timeScale: number): StartDemo {
  return async ({ dir, authorizedKey }) => {
    const hub = await startDemoHub({ dir: join(dir, 'hub'), timeScale });
    const fleet = await startDemoFleet({ dir, timeScale, authorizedKey, onHub: hub.lanDevices });
    return {
      hub: { url: hub.url, nick: hub.account.nick, password: hub.account.password },
      devices: fleet.devices.map(({ name, host, httpPort, sshPort, hostKey }) => ({
        name,
        connection: {
          host,
          http: httpPort === undefined ? null : { port: httpPort },
          ssh: sshPort === undefined ? null : { port: sshPort, user: defaultSshUser, auth: { kind: 'own-key' } },
        },
        hostKey,
      })),
      close: async () => {
        await fleet.close();
        await hub.close();
      },
    };
  };
}
