import type { DraftKind, Recipient } from '../engine/index.ts'
import type { SendKind, SiteId } from './types.ts'

/**
 * What is known of a web application, as data: a file in `lib/sites/facts`. Selectors are CSS and reach into same-origin frames and open shadow roots;
 * patterns are regular expressions that run on lower-cased labels (`says`) or on test ids as they are written (`said`).
 */
export interface SiteFacts {
  readonly id: SiteId
  readonly name: string
  /** `MAJOR.MINOR.PATCH`. Of two facts of one site the higher version counts. */
  readonly version: string
  /** ISO date on which a person last compared them with their sources. */
  readonly checked: string
  /** Match patterns to ask permission for (Chrome syntax, path `/*`); empty where the application lives on any host. */
  readonly hosts: readonly string[]
  /** Accounts are moved between the hosts while one works: they are turned on together. */
  readonly together?: boolean | undefined
  /** Selector of quoted history and signatures inside a body. */
  readonly excluded: string
  /** By a name of their own. Empty where code reads the application. */
  readonly drafts: Readonly<Record<string, DraftFacts>>
  /** What is covered, for people, where code reads the application; elsewhere the titles of the drafts say it. */
  readonly covers?: string | undefined
  /** How far this was tried, when, and what else was tried beside it. */
  readonly verified: { readonly how: 'application' | 'fixture' | 'unverified'; readonly on: string; readonly also?: string | undefined }
  /** How sure each fact is. The guard is not given these. */
  readonly about: readonly FactNote[]
}

/** Read in the product's own source or in code that ships for it; several sources; a single one; general knowledge. */
export const CERTAINTIES = ['source', 'several', 'single', 'general'] as const

/** `fact` is its place, such as `message.body`. */
export interface FactNote { readonly fact: string; readonly sure: (typeof CERTAINTIES)[number]; readonly checked: string; readonly note?: string | undefined }

/** One kind of draft of an application. */
export interface DraftFacts {
  /** For people: "public reply", "post". */
  readonly title: string
  readonly kind: DraftKind
  /** Path of the address, as a pattern; missing: anywhere. */
  readonly at?: string | undefined
  /** The editors, in reading order. */
  readonly body: string
  /** An editor in or at one of these is no draft: an assistant's box, a signature. */
  readonly not?: string | undefined
  /** A draft that holds one of these is none. */
  readonly never?: string | undefined
  /** Frames that hold an editor. Of another origin they cannot be read, which is said. */
  readonly frames?: string | undefined
  /** The draft is the whole page: all its editors are one, and its controls stand anywhere. */
  readonly page?: boolean | undefined
  /** The draft around an editor. Missing: the nearest element around it that also holds a way out and `holds`. */
  readonly root?: string | undefined
  readonly holds?: string | undefined
  /** Where a draft ends whose way out was not found. Missing: an editor without one is no draft. */
  readonly window?: string | undefined
  readonly subject?: string | undefined
  /** `named`: fields that call themselves to, cc, bcc. Missing: nobody is named here. */
  readonly recipients?: RecipientFacts | 'named' | undefined
  /** The name of each attached file, in the draft, or on the page where the draft is the only one. Missing: nobody knows where they are shown. */
  readonly attachments?: string | undefined
  /** The draft is an internal note while it `has` this, or while what stands `in` says so. */
  readonly note?: { readonly has?: string | undefined; readonly in?: string | undefined; readonly says?: string | undefined } | undefined
  /** While every one of these fields reads so, a send only saves. A checkbox reads `true` or `false`. */
  readonly stays?: readonly { readonly field: string; readonly is: string }[] | undefined
  /** Without words nothing leaves: the control then only changes a state. */
  readonly emptyStays?: boolean | undefined
  readonly sends: readonly SendFacts[]
  /** A control that leads to the sends, which are not on the page before: found, it counts as them. */
  readonly opens?: string | undefined
  /** While `opener` is open, every item of a menu is a way out. */
  readonly menu?: { readonly opener: string; readonly kind: SendKind } | undefined
  /** The form's submit event sends, unless another button than a send began it. */
  readonly form?: boolean | undefined
  readonly keys?: readonly KeyFacts[] | undefined
}

/** A control that matches all of what is given here. */
export interface SendFacts {
  readonly kind: SendKind
  readonly control?: string | undefined
  readonly not?: string | undefined
  /** Pattern on its test ids and on the key of its label, which are the same in every language. */
  readonly said?: string | undefined
  /** Pattern on its label; `common`: what such a control is called in the usual languages. Of `said` and `says` one is enough. */
  readonly says?: string | undefined
}

/** `mod+Enter`, `mod+alt+SOP` (one of the letters), `Enter`. `mod` is Ctrl or Cmd. A bare key sends in an editor, any other from anywhere on the page. */
export interface KeyFacts {
  readonly chord: string
  readonly kind: SendKind
  /** Only while this is shown; only while this is not there. */
  readonly when?: string | undefined
  readonly unless?: string | undefined
}

export interface RecipientFacts extends Partial<Readonly<Record<Recipient['field'], string>>> {
  /** One recipient in a field, and the attributes that may hold the address. */
  readonly chip?: string | undefined
  readonly from?: readonly string[] | undefined
  /** Names of people, nearest to the draft, where no address is shown anywhere. */
  readonly names?: string | undefined
}
