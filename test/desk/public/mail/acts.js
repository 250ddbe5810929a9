import { bodyOf, commitAddress, composeOf, expandQuoted, popOut, removeCompose, rowOf, sendCompose, syncSubject, toggleFullScreen } from './compose.js'
import { closeMenus, openSendMenu, pressedInMenu, pressedInSchedule } from './send-menu.js'

/**
 * All listeners sit on one ancestor, as in Gmail: buttons have none of their own, and what a press does is decided from where it began and ended.
 * `say` shows what came of it; `pageButton` gets presses outside every compose. Send acts on click, the arrow on mousedown, menu items when a press begins and ends on them.
 */
export function listen(page, say, pageButton = () => {}) {
  let began = null

  page.addEventListener('mousedown', (event) => {
    began = controlAt(event.target)
    if (!event.target.closest('[role=menu],[role=dialog].schedule') && !began?.matches('.hG')) closeMenus()
    if (!began) return
    // The caret stays in the text while a button is pressed.
    if (began.matches('[role=button],[role=menuitem]')) event.preventDefault()
    const compose = composeOf(began)
    if (began.matches('.hG') && compose) openSendMenu(began, compose)
  })

  page.addEventListener('mouseup', (event) => {
    const ended = controlAt(event.target)
    if (ended && ended === began && ended.matches('[role=menuitem]')) pressedInMenu(ended, say)
  })

  page.addEventListener('click', (event) => {
    const control = controlAt(event.target)
    if (!control) return
    const compose = composeOf(control)
    if (compose) pressedInCompose(control, compose, say)
    else if (!pressedInSchedule(control, say) && !windowButton(control, event)) pageButton(control)
  })

  page.addEventListener('keydown', (event) => {
    const compose = composeOf(event.target)
    if (!compose) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      sendCompose(compose, { kind: event.shiftKey && compose.answers ? 'archive' : 'send' }, say)
      return
    }
    if (event.target.matches('[role=button]') && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      if (event.target.matches('.hG')) openSendMenu(event.target, compose)
      else pressedInCompose(event.target, compose, say)
    }
    if (event.target.matches('input[peoplekit-id]')) typedInAddress(event)
  })

  page.addEventListener('keydown', (event) => {
    const item = event.target.closest?.('[role=menuitem]')
    if (item && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      pressedInMenu(item, say)
    }
    if (event.key === 'Escape') closeMenus()
  })

  page.addEventListener('input', (event) => {
    const compose = composeOf(event.target)
    if (compose && event.target.matches('[name=subjectbox]')) syncSubject(compose)
  })

  page.addEventListener('focusout', (event) => {
    if (event.target.matches('input[peoplekit-id]')) commitAddress(event.target)
  })
}

const CONTROLS = '[role=button],[role=menuitem],[role=link],.afX,.Hl,.Hq,.Ha'

function controlAt(target) {
  return target.closest?.(CONTROLS) ?? null
}

function pressedInCompose(control, compose, say) {
  if (control.matches('.dC > .aoO')) sendCompose(compose, { kind: 'send' }, say)
  else if (control.matches('.Uo')) sendCompose(compose, { kind: 'archive' }, say)
  else if (control.matches('.ajR')) expandQuoted(compose)
  else if (control.matches('.oh')) removeCompose(compose)
  else if (control.matches('.afX')) control.closest('.agh').remove()
  else if (control.matches('[data-command]')) format(compose, control.dataset.command)
  else if (control.matches('.aB')) {
    const row = rowOf(compose, control.dataset.field)
    row.style.display = ''
    row.querySelector('input').focus()
  }
}

function format(compose, command) {
  bodyOf(compose).focus()
  document.execCommand(command)
}

function windowButton(control, event) {
  const inside = control.closest('[role=dialog]')?.querySelector('.M9')
  const compose = inside && composeOf(inside)
  if (!compose) return false
  if (control.matches('.Ha')) removeCompose(compose)
  if (control.matches('.Hl')) compose.outer.classList.toggle('small')
  if (control.matches('.Hq')) {
    if (event.shiftKey) popOut(compose)
    else toggleFullScreen(compose)
  }
  return true
}

function typedInAddress(event) {
  const input = event.target
  if (event.key === 'Enter' || event.key === ',' || event.key === ';') {
    event.preventDefault()
    commitAddress(input)
  }
  if (event.key === 'Backspace' && input.value === '') input.closest('.anm').querySelector('.agh:last-child')?.remove()
}
