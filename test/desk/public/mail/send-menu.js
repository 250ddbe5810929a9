import { sendCompose } from './compose.js'
import { element, html } from './dom.js'
import { words } from './words.js'

/** The compose whose arrow was pressed last. The menu itself hangs at the end of the page and is built anew each time. */
let owner = null

export function closeMenus() {
  document.querySelector('body > .jQjAxd')?.remove()
  for (const chevron of document.querySelectorAll('.hG[aria-expanded=true]')) chevron.setAttribute('aria-expanded', 'false')
}

export function openSendMenu(chevron, compose) {
  const wasOpen = chevron.getAttribute('aria-expanded') === 'true'
  closeMenus()
  if (wasOpen) return
  owner = compose
  chevron.setAttribute('aria-expanded', 'true')
  const menu = element(html`<div class="q8NmZb J-M jQjAxd" role="menu" tabindex="-1"><div class="SK AX"><div class="J-N yr" role="menuitem" tabindex="0" selector="scheduledSend"><div class="J-N-Jz">${words.schedule}</div></div></div></div>`)
  document.body.append(menu)
  const box = chevron.getBoundingClientRect()
  menu.style.left = `${Math.max(8, box.right - menu.offsetWidth)}px`
  menu.style.top = `${Math.max(8, box.top - menu.offsetHeight - 4)}px`
}

/** A press that began and ended on a menu item. */
export function pressedInMenu(item, say) {
  if (item.matches('[selector=scheduledSend]')) {
    closeMenus()
    openSchedule()
  } else if (item.matches('.AM')) {
    item.closest('[role=dialog]').classList.add('picking')
    item.closest('[role=dialog]').querySelector('input').focus()
  } else if (item.matches('.Az')) plan(item.dataset.when, say)
}

function openSchedule() {
  document.querySelector('.schedule')?.remove()
  const times = [[words.tomorrow, '08:00'], [words.afternoon, '13:00'], [words.monday, '08:00']]
  const dialog = element(html`<div class="schedule" role="dialog" aria-label="${words.schedule}"><h2>${words.schedule}</h2><div role="menu"></div>
    <div class="pick"><input type="datetime-local" aria-label="${words.pick}"><div role="button" tabindex="0" class="T-I go">${words.schedule}</div></div><div role="button" tabindex="0" class="T-I no">${words.cancel}</div></div>`)
  const menu = dialog.querySelector('[role=menu]')
  for (const [label, time] of times) menu.append(element(html`<div class="Az" role="menuitem" tabindex="0" data-when="${label}, ${time}"><span>${label}</span><span>${time}</span></div>`))
  menu.append(element(html`<div class="Az AM" role="menuitem" tabindex="0"><span>${words.pick}</span></div>`))
  document.body.append(dialog)
  menu.firstElementChild.focus()
}

/** Buttons of the schedule dialog. True when the press was one of them. */
export function pressedInSchedule(control, say) {
  const dialog = control.closest('.schedule')
  if (!dialog) return false
  if (control.matches('.no')) dialog.remove()
  if (control.matches('.go')) plan(dialog.querySelector('input').value, say)
  return true
}

function plan(when, say) {
  document.querySelector('.schedule')?.remove()
  if (owner?.root.isConnected && when) sendCompose(owner, { kind: 'schedule', when }, say)
}
