import type { BrowserContext, Worker } from 'playwright-core'

export interface Launched {
  readonly context: BrowserContext
  readonly worker: Worker
  readonly extensionId: string
  readonly userDataDir: string
  /** Names origins (`https://127.0.0.1:1234`) that the extension may ask for something. */
  allowRequests(...origins: string[]): void
  /** @throws in tests, where the extension asked any other */
  close(): Promise<void>
}

export interface LaunchOptions {
  /** Folder of the unpacked extension. */
  readonly extension: string
  readonly headless?: boolean
  /** A profile to use and keep; without it a new one that `close()` throws away. */
  readonly userDataDir?: string
  readonly colorScheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly args?: readonly string[]
  /** Pages that are left stay alive for a while, as they do for a person; Playwright turns that off. */
  readonly pageCache?: boolean
  /** Writes down every request of the browser, for `close()` to judge; true in tests. */
  readonly recordRequests?: boolean
}

export interface PracticeSettings {
  readonly version: 1
  readonly sites: readonly { readonly prefix: string; readonly adapter: string; readonly on: boolean }[]
  readonly reviewer: { readonly name: string; readonly role: string }
  readonly policy: Readonly<Record<string, unknown>>
  readonly keepTexts: boolean
  readonly retentionDays: number
  readonly welcomed: boolean
  readonly off: { readonly packs: readonly string[]; readonly rules: readonly string[] }
}

/** Starts the browser with the unpacked extension and waits for its service worker. */
export function launchWithExtension(options: LaunchOptions): Promise<Launched>
/** The practice settings: the desk's four places are on, and the reviewer is the person that the desk's mails are from. */
export function practiceSettings(deskUrl: string): PracticeSettings
/** Writes settings into the extension and waits until its guard is registered for the pages. */
export function seedSettings(worker: Worker, settings: PracticeSettings): Promise<void>
