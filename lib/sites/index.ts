import { generic } from './generic.ts'
import { gmail } from './gmail.ts'
import { hubspot } from './hubspot.ts'
import { SITE_IDS, type SiteAdapter, type SiteId } from './types.ts'
import { wordpress } from './wordpress.ts'
import { zendesk } from './zendesk.ts'

export * from './types.ts'

export const SITES: Readonly<Record<SiteId, SiteAdapter>> = { gmail, hubspot, zendesk, wordpress, generic }

/** Match patterns to ask permission for, by site. Empty where the application lives on any host: see `originOf`. */
export const ORIGINS: Readonly<Record<SiteId, readonly string[]>> =
  { gmail: gmail.hosts, hubspot: hubspot.hosts, zendesk: zendesk.hosts, wordpress: wordpress.hosts, generic: generic.hosts }

/** An application installed at an address of its own, e.g. `{ prefix: 'https://blog.example/wp-admin/', adapter: 'wordpress' }`. */
export interface CustomSite { readonly prefix: string; readonly adapter: SiteId }

/** Edit screens of a WordPress on any host. */
const WORDPRESS_PATH = /\/wp-admin\/(post|post-new|site-editor)\.php$/

/**
 * The match pattern that covers an address the person turned on: its host, over this scheme alone. Ports are left out, since Firefox knows none in patterns.
 * @throws TypeError when `url` is not an http(s) address.
 */
export function originOf(url: string): string {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError(`not a web address: ${url}`)
  return `${protocol}//${hostname}/*`
}

/** True when a match pattern (`https://host/*` or `https://*.host/*`) covers the address. */
function covers(pattern: string, url: URL): boolean {
  const [scheme = '', rest = ''] = pattern.split('://')
  const host = rest.slice(0, rest.indexOf('/'))
  if (`${scheme}:` !== url.protocol) return false
  return host.startsWith('*.') ? url.hostname === host.slice(2) || url.hostname.endsWith(host.slice(1)) : url.hostname === host
}

/** True when `prefix` ends where a part of the address ends: `/mail` covers `/mail/u/0`, not `/mailbox`. */
function startsAt(url: string, prefix: string): boolean {
  return url.startsWith(prefix) && (/[/?#]$/.test(prefix) || /^([/?#]|$)/.test(url.slice(prefix.length)))
}

/**
 * The adapter for a page. Addresses the person named come first, the longest of them; then known hosts; then `generic`, which is also the answer for
 * addresses that cannot be read.
 * @param url of the page; for frames without an address of their own, that of the page around them.
 */
export function siteFor(url: string, custom: readonly CustomSite[]): SiteAdapter {
  const named = custom.filter(({ prefix }) => startsAt(url, prefix)).sort((a, b) => b.prefix.length - a.prefix.length)[0]
  if (named) return SITES[named.adapter]
  const at = URL.canParse(url) ? new URL(url) : null
  if (!at) return generic
  const known = SITE_IDS.find((id) => SITES[id].hosts.some((pattern) => covers(pattern, at)))
  return known ? SITES[known] : WORDPRESS_PATH.test(at.pathname) ? wordpress : generic
}
