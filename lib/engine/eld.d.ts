/** The library types its root entry alone; the entry that carries the smallest database has the same shape. */
declare module 'eld/extrasmall' {
  interface LanguageResult {
    /** ISO 639-1, or '' where nothing was recognised. */
    readonly language: string
    readonly getScores: () => Readonly<Record<string, number>>
    readonly isReliable: () => boolean
  }
  interface Detector {
    readonly detect: (text: string) => LanguageResult
    readonly enableTextCleanup: (clean: boolean) => void
    readonly setLanguageSubset: (languages: readonly string[]) => Readonly<Record<number, string>>
  }
  interface Eld extends Detector {
    readonly newInstance: () => Detector
  }
  export const eld: Eld
}
