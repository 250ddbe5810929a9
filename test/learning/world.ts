import type { Category } from '../../lib/engine/index.ts'

/**
 * A made-up sales and support team whose assistant makes known mistakes. Written from what was published of such texts and such readers, not from what the miner looks for:
 * - how often unedited chat answers carry an opener, a closer, a guarantee, a price, a discount, a commitment: the shares counted on chat answers of 20 models
 *   (openers 14 %, closers 7 %, guarantees 11 %, commitments 10 %, medical 8 %, financial 8 %, discounts 4 %, prices 3 % of drafts);
 * - how many unmarked wrong words a reader finds: 66 %; of those that catch the eye 81 % (weighted means of proofreading experiments, panko.com/HumanErr/Proofreading.html);
 * - how often an assistant does as a line of its prompt says: 88.6 % (IFEval, instruction accuracy of a common model).
 */
export const RATES = {
  /** A reader finds a wrong word that nothing marks, and one that is marked. */
  unmarked: 0.66, marked: 0.81,
  promptFollowed: 0.886,
  /** Of corrections so many choose the usual wording; the others say it their own way. Assumed. */
  usualWording: 0.8,
  /** Drafts in which a person changes some words for no reason that ever comes back; habits are followed every other time. Assumed. */
  noise: 0.3, habit: 0.5,
  /** A false alarm is changed all the same. Assumed. */
  needless: 0.01,
} as const

export interface Mistake {
  readonly id: string
  readonly category: Category
  /** Share of drafts that have it. */
  readonly rate: number
  /** Sentences with the wrong words between `<` and `>`; `#` is a number that differs, `@` a thing. */
  readonly sentences: readonly string[]
  /** The usual wording that takes their place, and others; '' takes the words out. */
  readonly right: string
  readonly others: readonly string[]
}

/** What the assistant gets wrong again and again, at the published shares of drafts. */
export const MISTAKES: readonly Mistake[] = [
  { id: 'old-price', category: 'pricing', rate: 0.027, right: '$59 a month', others: ['$59 monthly', '59 dollars a month'], sentences: ['The @ plan costs <$49 a month>.', 'You would pay <$49 a month> for the @ plan.', 'For teams like yours it is <$49 a month>, billed yearly.', 'Our @ plan starts at <$49 a month>.'] },
  { id: 'discount', category: 'pricing', rate: 0.04, right: 'the price in your quote', others: ['our list price', 'the usual price'], sentences: ['As a new customer you get <#% off>.', 'We can give you <#% off> the @.', 'Order this week and take <#% off>.', 'Everyone who signs today receives <#% off>.'] },
  { id: 'guarantee', category: 'promise', rate: 0.057, right: 'we expect', others: ['we think', 'we hope'], sentences: ['For the @ <we guarantee> delivery before the weekend.', 'Of course <we guarantee> that the @ fits.', 'This time <we guarantee> the colour of the @.', 'With this setup <we guarantee> a quiet @.'] },
  { id: 'refund-days', category: 'promise', rate: 0.05, right: '14 days', others: ['two weeks', '14 working days'], sentences: ['You can return the @ within <30 days>.', 'Returns are free for <30 days> after the @ arrives.', 'We take the @ back for <30 days>.', 'There are <30 days> to send the @ back.'] },
  { id: 'uptime', category: 'statistic', rate: 0.03, right: '99.5% uptime', others: ['99.5% availability', 'high uptime'], sentences: ['The @ service has <99.99% uptime>.', 'You get <99.99% uptime> with every plan.', 'Our @ runs with <99.99% uptime>.', 'Expect <99.99% uptime> from the @.'] },
  { id: 'product-name', category: 'brand', rate: 0.06, right: 'Lumen Desk', others: ['the Lumen Desk', 'Desk'], sentences: ['I would suggest <LumenDesk Pro> for the @.', 'Your @ works well with <LumenDesk Pro>.', 'Most teams choose <LumenDesk Pro> first.', 'Setting up <LumenDesk Pro> takes an hour.'] },
  { id: 'opener', category: 'leftover', rate: 0.14, right: '', others: ['Good morning.', 'Thanks for writing.'], sentences: ['<I hope this email finds you well.> About the @: it is ready.', '<I hope this email finds you well.> The @ left our house today.', '<I hope this email finds you well.> Thank you for asking about the @.'] },
  { id: 'closer', category: 'leftover', rate: 0.066, right: 'Call me with questions', others: ['Just ask', 'Write to me'], sentences: ['<Please do not hesitate to reach out> about the @.', '<Please do not hesitate to reach out> before Friday.', '<Please do not hesitate to reach out> at any time.'] },
  { id: 'tone', category: 'brand', rate: 0.1, right: 'glad', others: ['happy', 'pleased'], sentences: ['We are <absolutely thrilled> to send the @.', 'Our team is <absolutely thrilled> with the @.', 'I am <absolutely thrilled> to confirm the @.'] },
  { id: 'legal-name', category: 'legal', rate: 0.02, right: 'the order terms', others: ['our terms', 'the general terms'], sentences: ['All this follows from <the master services contract>.', 'As <the master services contract> says, the @ is yours.', 'Please sign <the master services contract> for the @.'] },
  { id: 'support-hours', category: 'promise', rate: 0.05, right: 'on working days', others: ['from Monday to Friday', 'on weekdays'], sentences: ['Our support answers <around the clock>.', 'We repair the @ <around the clock>.', 'You reach the @ line <around the clock>.'] },
  { id: 'rate', category: 'financial', rate: 0.03, right: 'the rate in your contract', others: ['your agreed rate', 'the agreed rate'], sentences: ['The @ is financed at <#% interest>.', 'You would get the @ at <#% interest>.', 'Leasing the @ comes with <#% interest>.'] },
]

export interface Risk {
  readonly id: string
  readonly rate: number
  /** Share that is wrong and must not leave. */
  readonly bad: number
  readonly sentences: readonly string[]
}

/** Risky words of every kind, most of them true: what reviews are for. Nothing repeats but the kind. */
export const RISKS: readonly Risk[] = [
  { id: 'promise', rate: 0.08, bad: 0.25, sentences: ['You will definitely save money with the @ in # months.', 'I promise that the @ arrives in # days.', 'The @ is guaranteed to last # years.', 'We will always replace the @ for free.'] },
  { id: 'legal', rate: 0.03, bad: 0.3, sentences: ['You are not liable for the @.', 'The @ fully complies with the GDPR.', 'This agreement is legally binding for # years.'] },
  { id: 'medical', rate: 0.03, bad: 0.3, sentences: ['The @ cures back pain within # days.', 'Our @ is clinically proven to reduce pain.', 'The @ treats insomnia without side effects.'] },
  { id: 'customer', rate: 0.03, bad: 0.2, sentences: ['Another customer pays # dollars for the @.', 'Her date of birth is 0#/12/1984.'] },
  { id: 'discount', rate: 0.03, bad: 0.15, sentences: ['The @ is free of charge for # months.', 'You get a discount of # dollars on the @.'] },
]

/** What rules find and nobody ever needs to change: the noise of a rule of one's own that is too wide. */
export const FALSE_ALARMS: readonly { readonly id: string; readonly rate: number; readonly sentences: readonly string[] }[] = [
  { id: 'share', rate: 0.16, sentences: ['About #% of visitors look at the @ first.', 'Roughly #% of teams use a @.', 'Some #% of calls were about the @.', 'Only #% of users ask for a @.'] },
  { id: 'update', rate: 0.2, sentences: ['Here is a quick update on the @.', 'A quick update: the @ is on its way.', 'This is a quick update about the @.', 'I owe you a quick update on # things.'] },
]

/** What one person always writes otherwise: right for them, and no mistake. */
export const HABITS: readonly { readonly id: string; readonly said: string; readonly own: string; readonly sentence: string }[] = [
  { id: 'utilize', said: 'utilize', own: 'use', sentence: 'Teams can utilize the @ at once.' }, { id: 'prior', said: 'prior to', own: 'before', sentence: 'We check the @ prior to shipping.' },
  { id: 'additionally', said: 'Additionally', own: 'Also', sentence: 'Additionally the @ has a lamp.' }, { id: 'regarding', said: 'regarding', own: 'about', sentence: 'I write regarding the @.' },
  { id: 'ensure', said: 'ensure', own: 'make sure', sentence: 'Please ensure the @ is dry.' }, { id: 'purchase', said: 'purchase', own: 'buy', sentence: 'You can purchase the @ online.' },
  { id: 'assist', said: 'assist', own: 'help', sentence: 'We assist you with the @.' }, { id: 'commence', said: 'commence', own: 'start', sentence: 'Work on the @ can commence soon.' },
  { id: 'numerous', said: 'numerous', own: 'many', sentence: 'There are numerous ways to mount the @.' },
]

export const PLAIN: readonly string[] = [
  'The @ is on the second shelf.', 'I attach the drawing of the @.', 'Can we talk about the @ on Tuesday?', 'The @ comes in grey and white.', 'Our workshop finished the @ yesterday.', 'Let me know which @ you prefer.',
  'Your colleague asked about the @ as well.', 'We moved the @ to the other hall.', 'The invoice for the @ follows by post.', 'A photo of the @ is in the folder.', 'The old @ stays where it is.', 'Two people carry the @.',
  'The driver brings the @ to the back door.', 'I measured the @ again.', 'Please check the size of the @.', 'There was a question about the @.', 'The @ has a new cable.', 'We painted the @ last week.',
]
export const THINGS = ['desk', 'lamp', 'chair', 'blind', 'shelf', 'counter', 'cabinet', 'sofa', 'screen', 'locker', 'bench', 'stool', 'rack', 'curtain', 'table'] as const
/** Words that people swap for no reason: `[said, instead]`. */
export const WHIMS: readonly (readonly [string, string])[] = [
  ['second', 'third'], ['grey', 'gray'], ['yesterday', 'on Monday'], ['prefer', 'like'], ['folder', 'archive'], ['carry', 'bring'], ['again', 'once more'], ['question', 'request'], ['painted', 'cleaned'], ['cable', 'cord'],
  ['photo', 'picture'], ['white', 'black'], ['hall', 'room'], ['post', 'mail'], ['size', 'width'], ['Tuesday', 'Thursday'],
]
