import { isElement, labelOf } from './dom.ts'
import { kindOfLabel, STAYS } from './words.ts'

const PRESSABLE = 'button,[role=button],[role=menuitem],[role=tab],[role=link],[role=switch],[role=checkbox],[role=option],a[href],summary,input,label,select,[aria-label],[title],[data-tooltip],img[alt]'
const ELSEWHERE = '[role=tab],[role=switch],[role=checkbox],[role=option],a[href],[role=link],label,select,summary,input:not([type=submit],[type=button],[type=image])'
const NAMES = ['aria-label', 'title', 'alt', 'data-tooltip', 'name', 'value']
/** How far up from the pressed node its control is looked for. */
const REACH = 6

/**
 * What a press on this path says that it does, in words of the page, whether or not an adapter knows the control. `control` is null for a press on no control.
 * For noticing what passed by: never a reason to hold anything.
 */
export function saidAt(path: readonly EventTarget[]): { readonly said: 'sends' | 'stays' | 'other' | 'nothing'; readonly control: Element | null } {
  const control = path.slice(0, REACH).find((node): node is Element => isElement(node) && node.matches(PRESSABLE)) ?? null
  const first = path[0]
  // An icon that is no button to the browser; a press on words or on empty space is none.
  if (!control) return { said: isElement(first) && first.closest('svg,i,[class*=icon i]') && !first.textContent?.trim() ? 'nothing' : 'other', control }
  const label = labelOf(control)
  const all = [label, ...NAMES.map((name) => control.getAttribute(name) ?? '')].join(' ')
  const sends = kindOfLabel(label) !== null || NAMES.some((name) => kindOfLabel((control.getAttribute(name) ?? '').toLowerCase().trim()) !== null) || /\bsend\b/i.test(all)
  const stays = STAYS.test(all) || /\b(clear|reset|minimi[sz]e|save|undo|archive)\b/i.test(all)
  if (stays) return { said: sends ? 'other' : 'stays', control }
  if (sends) return { said: 'sends', control }
  return { said: control.matches(ELSEWHERE) || /[\p{L}\p{N}]/u.test(all) ? 'other' : 'nothing', control }
}
