/** The backend went away while a call was on its way: nobody knows whether it was carried out. Queries ask again by themselves. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';

  constructor(options?: ErrorOptions) {
    super('The connection to Trailboss was lost.', options);
  }
}
