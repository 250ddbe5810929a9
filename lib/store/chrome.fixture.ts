import { vi } from 'vitest'

type Changes = Record<string, chrome.storage.StorageChange>
type Listener = (changes: Changes, area: string) => void

/** For tests: as much of `chrome.storage` as settings and the rulebook's mark use, with the copies and the change events of the real one. */
export function installFakeChrome(): { stored: Record<string, unknown>; fail(error: Error | null): void; manage(values: Record<string, unknown>): void } {
  const stored: Record<string, unknown> = {}
  const listeners = new Set<Listener>()
  let failure: Error | null = null
  let managed: Record<string, unknown> = {}
  const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)) as T)
  vi.stubGlobal('chrome', {
    storage: {
      local: {
        get: async (key: string) => (key in stored ? { [key]: copy(stored[key]) } : {}),
        set: async (values: Record<string, unknown>) => {
          if (failure) throw failure
          const changes: Changes = {}
          for (const [key, value] of Object.entries(values)) {
            changes[key] = { oldValue: copy(stored[key]), newValue: copy(value) }
            stored[key] = copy(value)
          }
          for (const listener of listeners) listener(changes, 'local')
        },
      },
      managed: { get: async () => copy(managed) },
      onChanged: { addListener: (listener: Listener) => listeners.add(listener), removeListener: (listener: Listener) => listeners.delete(listener) },
    },
  })
  return {
    stored,
    fail: (error) => { failure = error },
    manage: (values) => {
      managed = copy(values)
      for (const listener of listeners) listener({}, 'managed')
    },
  }
}
