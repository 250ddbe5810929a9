import type { Draft, Recipient, Tier } from '../engine/index.ts'
import type { Policy, Reason } from './types.ts'

/** A reason that the recipients give, and the area that it concerns. */
export interface RecipientReason { readonly reason: Reason; readonly owner: string }

/**
 * What the recipients of a draft ask for by themselves, whatever was found in it. The VIP list is not among it: it moves what is asked for already.
 * @param known domains that were written to before; null where nobody knows, and then no mail is called the first
 */
export function recipientReasons({ recipients }: Pick<Draft, 'recipients'>, policy: Policy, known: ReadonlySet<string> | null): RecipientReason[] {
  const rules = policy.recipients
  const { customer, privacy, irreversible } = policy.areas
  const out: RecipientReason[] = []
  const add = (owner: string, tier: Tier, code: Reason['code'], detail: string, count: number): void => void out.push({ owner, reason: { code, tier, detail, count } })

  const everyone = recipients.filter((one) => isEveryone(one, rules.everyone))
  const undo = policy.floor.irreversible
  if (undo !== undefined && everyone.length > 0) add(irreversible.owner, undo === 'block' ? 'approve' : undo, 'to-everyone', nameOf(everyone), everyone.length)

  if (rules.twoCustomers !== null) {
    const customers = new Set(recipients.flatMap((one) => rules.customers.find((entry) => covers(entry, one)) ?? []).map(plain))
    if (customers.size > 1) add(privacy.owner, rules.twoCustomers, 'two-customers', [...customers].join(', '), customers.size)
  }
  if (rules.outside !== null && rules.own.length > 0) {
    const { most, tier } = rules.outside
    const outside = recipients.filter((one) => one.address !== null && !rules.own.some((entry) => covers(entry, one))).length
    // Who shows a name alone may be anybody: counted as outside, and told as unknown where that makes the difference.
    const unknown = recipients.filter(({ address }) => address === null).length
    if (outside > most) add(customer.owner, tier, 'outside-count', String(most), outside)
    else if (outside + unknown > most) add(customer.owner, tier, 'outside-unknown', String(most), outside + unknown)
  }
  if (rules.firstMail !== null && known !== null) {
    const fresh = [...new Set(recipients.flatMap((one) => domainOf(one) ?? []))].filter((domain) => !known.has(domain) && !rules.own.some((entry) => within(domain, plain(entry))))
    if (fresh.length > 0) add(customer.owner, rules.firstMail, 'first-mail', fresh[0] ?? '', fresh.length)
  }
  return out
}

/** Recipients that one of these entries covers: an entry with `@` inside is an address, any other a domain, with its subdomains. */
export function covered(recipients: readonly Recipient[], entries: readonly string[]): Recipient[] {
  return recipients.filter((one) => entries.some((entry) => covers(entry, one)))
}

/** The domain of a recipient's address, lower case; null where the page shows none. */
export function domainOf({ address }: Recipient): string | null {
  const at = address?.lastIndexOf('@') ?? -1
  return address && at >= 0 ? address.slice(at + 1).toLowerCase() : null
}

function covers(entry: string, recipient: Recipient): boolean {
  const wanted = plain(entry)
  const domain = domainOf(recipient)
  if (wanted === '' || domain === null) return false
  return wanted.includes('@') ? wanted === recipient.address?.toLowerCase() : within(domain, wanted)
}

function within(domain: string, wanted: string): boolean {
  return domain === wanted || domain.endsWith(`.${wanted}`)
}

function isEveryone({ address }: Recipient, entries: readonly string[]): boolean {
  const whole = address?.toLowerCase()
  if (!whole) return false
  const local = whole.slice(0, Math.max(whole.lastIndexOf('@'), 0))
  return entries.some((entry) => (plain(entry).includes('@') ? plain(entry) === whole : plain(entry) === local))
}

function plain(entry: string): string {
  return entry.trim().toLowerCase().replace(/^@/, '')
}

function nameOf(recipients: readonly Recipient[]): string {
  return recipients[0]?.address ?? ''
}
