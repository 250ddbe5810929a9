import type { SessionSnapshot } from '../types.ts'

type Trouble = SessionSnapshot['trouble']

/** Keeps account of what the worker was asked to write down: what went wrong last, for a sentence in the interface. */
export interface Scribe {
  trouble: Trouble
  /** Waits for something to be written; rejects when it was not. */
  written<T>(work: Promise<T>): Promise<T>
  /** The same, where nobody waits. */
  write(work: Promise<unknown>): void
  /** The worker could not be asked. */
  readonly failed: (error: unknown) => void
}

/** `show` is called whenever the account may have changed. */
export function createScribe(show: () => void): Scribe {
  const scribe: Scribe = {
    trouble: null,
    async written(work) {
      try {
        const value = await work
        // It can be written again, so the old sentence is no longer true.
        if (scribe.trouble === 'storage-full' || scribe.trouble === 'worker-gone') scribe.trouble = null
        return value
      } catch (error) {
        scribe.failed(error)
        throw error
      }
    },
    write(work) {
      scribe.written(work).then(show, () => undefined) // What failed stands in `trouble`.
    },
    failed: (error) => {
      const code = codeOf(error)
      // A signature or a way out that was refused is said beside the button; the worker is there.
      if (code === 'stale-rules' || code === 'not-signable' || code === 'refused') return
      scribe.trouble = code === 'storage-full' ? 'storage-full' : 'worker-gone'
      show()
    },
  }
  return scribe
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null
}
