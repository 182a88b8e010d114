import { describe, expect, it } from 'vitest';
import { recordedEndpoints } from './recorded.ts';
import {
  ContainerList,
  DeviceConfig,
  GroupList,
  Metadata,
  ObjectList,
  runningRevision,
  StepList,
  StepProgress,
} from './replies.ts';

const recorded = recordedEndpoints();
const bodiesOf = (path: string) =>
  recorded.filter((entry) => entry.method === 'GET' && entry.path === path && entry.status === 200).map((entry) => entry.body);

describe('what a device sends', () => {
  it('is read: its revisions', () => {
    expect(bodiesOf('/steps')).not.toEqual([]);
    for (const body of bodiesOf('/steps')) {
      const steps = StepList.parse(body);
      expect(steps.map((step) => step.name)).toEqual((body as { name: string }[]).map((entry) => entry.name));
    }
    expect(StepList.parse(bodiesOf('/steps')[0])[0]).toEqual({
      name: '0',
      date: '2026-11-21T08:10:12Z',
      message: '',
      progress: { status: 'DONE', message: 'Factory revision', retries: 0 },
    });
  });

  it('is read: containers, with and without auto-recovery', () => {
    const containers = ContainerList.parse(bodiesOf('/containers')[0]);
    expect(containers.find(({ name }) => name === 'core')).toEqual({
      name: 'core',
      group: 'platform',
      status: 'STARTED',
      statusGoal: 'STARTED',
      restartPolicy: 'system',
      roles: ['mgmt'],
    });
    expect(containers.find(({ name }) => name === 'web')).toMatchObject({
      userStopped: false,
      autoRecovery: { policy: 'on-failure', maxRetries: 5, currentRetries: 0, stable: true },
    });
  });

  it('is read: groups, objects, metadata, configuration, progress', () => {
    expect(GroupList.parse(bodiesOf('/groups')[0])).toContainEqual({
      name: 'app',
      status: 'READY',
      statusGoal: 'STARTED',
      restartPolicy: 'container',
    });
    expect(ObjectList.parse(bodiesOf('/objects')[0]).size).toBe((bodiesOf('/objects')[0] as unknown[]).length);
    expect(runningRevision(Metadata.parse(bodiesOf('/device-meta')[0]))).toBe('locals/base2');
    expect(Metadata.parse(bodiesOf('/user-meta')[0])).toHaveProperty('k', 'two words');
    expect(DeviceConfig.parse(bodiesOf('/config')[0])['storage.mntpoint']).toBe('/var/pantavisor/storage');
    expect(StepProgress.parse(bodiesOf('/steps/current/progress')[0])).toMatchObject({ status: 'DONE' });
  });
});

describe('tolerance', () => {
  it('knows a progress that the list cut short', () => {
    expect(StepList.parse([{ name: 'locals/x', date: 'd', commitmsg: 'm', progress: {} }])[0]?.progress).toBeUndefined();
  });

  it('keeps a list when an entry of it is odd, and an entry when a key of it is', () => {
    expect(StepList.parse([null, 7, { date: 'x' }, { name: 14, commitmsg: null, progress: 'DONE' }])).toEqual([
      { name: '14', date: undefined, message: '', progress: undefined },
    ]);
    expect(
      ContainerList.parse([
        { name: 'web', status: 'STARTED', roles: 'mgmt', auto_recovery: { max_retries: '5', is_stable: true } },
        'x',
      ]),
    ).toEqual([{ name: 'web', status: 'STARTED', roles: [], autoRecovery: { maxRetries: 5, stable: true } }]);
    expect([...ObjectList.parse([{ sha256: 'A'.repeat(64) }, { sha256: 'a'.repeat(64), size: '1' }, {}])]).toEqual([
      ['a'.repeat(64), 1],
    ]);
  });

  it('does not take something else for a list', () => {
    expect(StepList.safeParse({ Error: 'x' }).success).toBe(false);
    expect(Metadata.safeParse([]).success).toBe(false);
  });
});
