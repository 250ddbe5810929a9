/** Making a formatter takes some hundred times as long as using it, and a list or a chart writes hundreds of numbers and dates. */
function kept<Options, Format>(make: (locale: string, options?: Options) => Format, now: () => number = () => 0): (locale: string, options?: Options) => Format {
  const made = new Map<string, Format>()
  return (locale, options) => {
    const key = `${locale} ${now()} ${options ? JSON.stringify(options) : ''}`
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(locale, options)
    made.set(key, fresh)
    return fresh
  }
}

/** The formatters of a language, each made once. */
export const numberFormat = kept((locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options))
export const pluralRules = kept((locale, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options))
export const listFormat = kept((locale, options?: Intl.ListFormatOptions) => new Intl.ListFormat(locale, options))
export const agoFormat = kept((locale, options?: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options))
/** A date formatter keeps the time zone in which it was made; a page of ours stays open while its person travels. */
export const dateFormat = kept((locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options), () => new Date().getTimezoneOffset())
