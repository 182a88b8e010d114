/** How reading a state ends early. Thrown inside this folder only; {@link readDeviceModel} turns them into values. */

/** The device's parser returns an error: the state is refused, and the device stays where it was. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The device's daemon reads memory that is not there and dies. */
export class DaemonCrash extends Error {
  override readonly name = 'DaemonCrash';
}
