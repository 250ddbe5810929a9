/** `storage-full`: the disk or the browser's share of it is used up. `not-signable` and `stale-rules`: what was to be recorded as signed is not. */
export type StoreCode = 'storage-full' | 'storage-failed' | 'not-signable' | 'stale-rules' | 'not-found' | 'malformed' | 'newer-version'

/** Why something could not be kept. Nothing of it was written then. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  constructor(readonly code: StoreCode, message: string, options?: ErrorOptions) {
    super(message, options)
  }
}

/** Runs database or storage work; whatever the browser throws comes out as a `StoreError`. */
export async function guarded<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asStoreError(error)
  }
}

function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const full = chain(error).some((cause) => /quota/i.test(`${cause.name} ${cause.message}`))
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'
  return full
    ? new StoreError('storage-full', message, { cause: error })
    : new StoreError('storage-failed', message, { cause: error })
}

/** The error and what it was caused by; Dexie keeps the first cause of an aborted transaction in `inner`. */
function chain(error: unknown): Error[] {
  const found: Error[] = []
  for (let next = error; next instanceof Error && found.length < 8;) {
    found.push(next)
    next = 'inner' in next && next.inner instanceof Error ? next.inner : next.cause
  }
  return found
}
