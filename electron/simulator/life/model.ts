/**
 * The words of a device's life: what it is doing, what its containers are doing, and what it has promised to its boot loader.
 * Nothing here touches a clock, a socket or a disk; `advance.ts` moves one value of `Life` to the next.
 */

/** What a caller of the device's control socket meets. */
export type Voice =
  /** Requests are answered at once. */
  | 'answering'
  /** Requests are accepted and wait, because the device's one thread is busy. */
  | 'silent'
  /** Waiting requests are reset and new ones refused: the runtime is not there. */
  | 'gone';

export type ContainerStatus =
  | 'INSTALLED'
  | 'MOUNTED'
  | 'BLOCKED'
  | 'STARTING'
  | 'STARTED'
  | 'STOPPING'
  | 'STOPPED'
  | 'RECOVERING';

export type RestartPolicy = 'system' | 'container';

/** How a container that exits by itself is started again (`auto_recovery` of run.json or of its group). Seconds. */
export type AutoRecovery = {
  readonly policy: string;
  readonly maxRetries: number;
  readonly retryDelay: number;
  readonly backoffFactor: number;
  readonly stableTimeout: number;
  readonly backoffPolicy: string;
};

/** What goes wrong with a container by the fault that is switched on, if any. */
export type Misbehaviour = 'crashes' | 'cannot-start';

/** A container as its state describes it. */
export type ContainerSpec = {
  readonly name: string;
  readonly group: string;
  readonly goal: string;
  readonly policy: RestartPolicy;
  readonly roles: readonly string[];
  readonly recovery?: AutoRecovery;
  readonly misbehaviour?: Misbehaviour;
};

/** A container as it runs. */
export type Container = ContainerSpec & {
  readonly status: ContainerStatus;
  readonly retries: number;
  readonly stable: boolean;
  readonly userStopped: boolean;
  /** It was started at least once since it was installed. */
  readonly begun: boolean;
  /** What a request asked for once it has stopped. */
  readonly afterStop: 'stay' | 'restart';
};

/** What is wrong with a revision that its PUT did not find. */
export type Defect =
  /** An object is missing or its bytes do not match its name. */
  | 'object'
  /** The runtime dies of it: a run.json without type, or a state that crashes the comparison. */
  | 'daemon';

/** A move to another revision, decided when the command is picked up. */
export type Update = {
  readonly revision: string;
  readonly transition: 'reboot' | 'non-reboot';
  /** Containers of the running state that are stopped first, names. */
  readonly stops: readonly string[];
  readonly defect?: Defect;
};

/** Why an update ended in ERROR, and the log lines that come with it. */
export type Failure = { readonly message: string; readonly logs: readonly string[] };

/** A command that was accepted and waits for the device's main loop. */
export type QueuedCommand =
  | { readonly kind: 'run'; readonly revision: string; readonly commit: boolean }
  | { readonly kind: 'reboot' }
  | { readonly kind: 'power-off' };

export type Phase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'queued'; readonly command: QueuedCommand }
  /** A revision from the hub was taken; its objects are being fetched. */
  | { readonly kind: 'fetching'; readonly revision: string }
  /** Silent, then the revision is listed as WONTGO. */
  | { readonly kind: 'refusing'; readonly revision: string; readonly message: string }
  /** Silent: the containers that change are being stopped. */
  | { readonly kind: 'stopping'; readonly update: Update }
  /** The revision has failed before it was started; answers for a moment, then goes back. */
  | { readonly kind: 'failed-before-start'; readonly revision: string }
  /** Silent: every container is being stopped before the runtime goes down. */
  | { readonly kind: 'tearing-down'; readonly failure?: Failure }
  /** Nothing there. */
  | { readonly kind: 'down'; readonly failure?: Failure }
  /** Silent: the revision that was booted is already known to fail. */
  | { readonly kind: 'failing-boot'; readonly failure?: Failure }
  /** `waited`: device seconds for which the hub was waited for. */
  | { readonly kind: 'trying'; readonly waited: number }
  | { readonly kind: 'testing' }
  | { readonly kind: 'stabilising' }
  /** Silent: the outcome is being written. */
  | { readonly kind: 'committing' }
  /** No power, until it is switched on. */
  | { readonly kind: 'off' };

/** What the boot loader keeps over a loss of power. */
export type BootRecord = {
  /** The revision that runs, or ran last. */
  readonly running: string;
  /** The last DONE revision: where a failure goes back to. */
  readonly checkpoint: string;
  /** A revision on probation, and whether the boot loader has booted it already. */
  readonly trial?: { readonly revision: string; readonly booted: boolean };
  readonly bootCount: number;
};

export type Life = {
  readonly boot: BootRecord;
  readonly phase: Phase;
  readonly containers: readonly Container[];
  /** How many containers are being stopped by request at this moment; the device is silent meanwhile. */
  readonly stopsInHand: number;
  /** The trial that runs was booted into (and so becomes a checkpoint), rather than moved to. */
  readonly bootedIntoTrial: boolean;
  /** State texts that the device went through without a reboot since it booted, oldest first; the last one runs. */
  readonly sinceBoot: readonly string[];
};

export type LifeEvent =
  | { readonly kind: 'command'; readonly command: QueuedCommand }
  | { readonly kind: 'due'; readonly timer: TimerName }
  /** The hub has a step for the device. `retries`: how often it was tried before. */
  | { readonly kind: 'step'; readonly revision: string; readonly retries: number }
  /** How the fetching of the step's objects goes. */
  | { readonly kind: 'fetch'; readonly progress: Progress }
  | { readonly kind: 'fetched' }
  /** The objects cannot be had, or there is no room for them. */
  | { readonly kind: 'fetch-failed'; readonly message: string }
  /** A request to the hub got no reply while a revision from the hub was on trial. */
  | { readonly kind: 'hub-lost' }
  | { readonly kind: 'container'; readonly name: string; readonly action: 'start' | 'stop' | 'restart' }
  /** A fault about one container was switched on, or off. */
  | { readonly kind: 'misbehaviour'; readonly name: string; readonly misbehaviour: Misbehaviour | undefined }
  /** The board loses power, or only the runtime dies and is started again by its supervisor. */
  | { readonly kind: 'cut'; readonly what: 'board' | 'runtime'; readonly seconds: number }
  | { readonly kind: 'power-on' };

/** One timer for the phase, and a few for each container. */
export type TimerName = 'phase' | 'power' | `container:${string}` | `stable:${string}` | `stop:${string}`;

export type Effect =
  | { readonly kind: 'arm'; readonly timer: TimerName; readonly seconds: number }
  | { readonly kind: 'disarm'; readonly timer: TimerName }
  | { readonly kind: 'disarm-all' }
  | { readonly kind: 'progress'; readonly revision: string; readonly progress: Progress }
  /** What a container's init prints. */
  | { readonly kind: 'console'; readonly container: string; readonly line: string }
  | { readonly kind: 'log'; readonly level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'; readonly module: string; readonly text: string };

export type Status = 'NEW' | 'QUEUED' | 'DOWNLOADING' | 'INPROGRESS' | 'TESTING' | 'UPDATED' | 'DONE' | 'WONTGO' | 'ERROR';

/** A revision's progress, as `GET /steps/<revision>/progress` shows it. */
export type Progress = {
  readonly status: Status;
  readonly 'status-msg': string;
  readonly progress: number;
  readonly retries: number;
  /** Only while DOWNLOADING. */
  readonly downloads?: { readonly total: DownloadTotal };
  /** JSON log lines joined by newlines, on failure. */
  readonly logs?: string;
};

/** All objects of an update together; sizes in bytes, times in seconds since 1970 (update_progress.c). */
export type DownloadTotal = {
  readonly object_name: 'total';
  readonly object_id: 'none';
  readonly total_size: number;
  readonly total_downloaded: number;
  readonly start_time: number;
  readonly current_time: number;
};

/** How long things take, in device seconds. */
export type Delays = {
  /** From an accepted command until the main loop takes it up. */
  readonly pickUp: number;
  /** The silence before a revision is refused. */
  readonly refusal: number;
  /** Stopping one container. */
  readonly stop: number;
  /** From starting a container until it runs. */
  readonly start: number;
  /** From the runtime's end until it answers again. */
  readonly restart: number;
  /** INPROGRESS "Trying new revision". */
  readonly trying: number;
  /** PV_UPDATER_COMMIT_DELAY: the first part of TESTING. */
  readonly commitDelay: number;
  /** The silence while the outcome is written. */
  readonly commit: number;
  /** PH_UPDATER_NETWORK_TIMEOUT: how long a revision on trial waits for its hub. */
  readonly network: number;
};

/** The device's own defaults (config.c), with well-behaved containers and a board that boots in a quarter of a minute. */
export const DEVICE_DELAYS: Delays = {
  pickUp: 1,
  refusal: 5.2,
  stop: 4,
  start: 1,
  restart: 15,
  trying: 0.25,
  commitDelay: 25,
  commit: 5,
  network: 120,
};

/** What the life of a device needs to know of the world; every answer is a plain look-up. */
export interface LifeFacts {
  readonly delays: Delays;
  /** `forgets-try`: a loss of power makes the boot loader forget that a trial was booted, so it is tried again. */
  readonly bootLoader: 'keeps-try' | 'forgets-try';
  /** What a run of this revision would be, seen from the running one. */
  plan(
    revision: string,
    life: Life,
  ): { readonly kind: 'refused'; readonly message: string } | { readonly kind: 'move'; readonly update: Update };
  /** The containers of a revision in the order in which the device lists them, with the faults that are on. */
  containersOf(revision: string, boot: BootRecord): readonly ContainerSpec[];
  /** What is wrong with a revision that is being booted. */
  defectOf(revision: string): Defect | undefined;
  stateOf(revision: string): string;
  /** Whether a revision on trial came from the hub and the hub has not been reached since; false where it is left out. */
  awaitsHub?(revision: string): boolean;
}

/** The factory revision; its progress never changes. */
export const FACTORY = '0';
