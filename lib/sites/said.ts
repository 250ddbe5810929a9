import { isElement, labelOf } from './dom.ts'
import { kindOfLabel, STAYS } from './words.ts'

const CONTROL = 'button,[role=button],[role=menuitem],[role=tab],[role=link],[role=switch],[role=checkbox],[role=option],a[href],summary,input,label,select'
const NAMED = `${CONTROL},[aria-label],[title],[data-tooltip],img[alt]`
const ELSEWHERE = '[role=tab],[role=switch],[role=checkbox],[role=option],a[href],[role=link],label,select,summary,input:not([type=submit],[type=button],[type=image])'
const NAMES = ['aria-label', 'title', 'alt', 'data-tooltip', 'name', 'value']
/** How far up from the pressed node its control is looked for. */
const REACH = 6

/**
 * What a press on this path says that it does, in words of the page, whether or not an adapter knows the control. `control` is null for a press on no control.
 * For noticing what passed by: never a reason to hold anything.
 */
export function saidAt(path: readonly EventTarget[]): { readonly said: 'sends' | 'stays' | 'other' | 'nothing'; readonly control: Element | null } {
  const near = path.slice(0, REACH).filter(isElement)
  const end = near.findIndex((element) => element.matches(CONTROL))
  // An icon in a button has a name of its own, or none: both are asked.
  const named = near.slice(0, end < 0 ? REACH : end + 1).filter((element) => element.matches(NAMED))
  const control = named.at(-1) ?? null
  const first = near[0]
  // An icon that is no button to the browser; a press on words or on empty space is none.
  if (!control) return { said: first?.closest('svg,i,[class*=icon i]') && !first.textContent?.trim() ? 'nothing' : 'other', control }
  const words = named.flatMap((element) => [labelOf(element), ...NAMES.map((name) => (element.getAttribute(name) ?? '').toLowerCase().trim())])
  const all = words.join(' ')
  const sends = words.some((each) => kindOfLabel(each) !== null) || /\bsend\b/.test(all)
  const stays = STAYS.test(all) || /\b(clear|reset|minimi[sz]e|save|undo|archive)\b/.test(all)
  if (stays) return { said: sends ? 'other' : 'stays', control }
  if (sends) return { said: 'sends', control }
  return { said: control.matches(ELSEWHERE) || /[\p{L}\p{N}]/u.test(all) ? 'other' : 'nothing', control }
}
