import { t } from './i18n.ts'

/** A key by its meaning: `Enter`, `Esc`, `Mod` (Command on Apple machines, Control elsewhere), `Shift`, or the character on it. */
export type KeyName = string

/** True on machines whose keyboards have a Command key. */
export function isApple(): boolean {
  return /Mac|iP(hone|ad|od)/.test(navigator.platform)
}

/** What is printed on the key, for the eye. */
function keyCap(key: KeyName): string {
  if (key === 'Enter') return '↵'
  if (key === 'Mod') return isApple() ? '⌘' : t('uiKeyCtrl')
  if (key === 'Shift') return isApple() ? '⇧' : t('uiKeyShift')
  return key === 'Esc' ? t('uiKeyEsc') : key
}

/** The keys as `aria-keyshortcuts` wants them: `Control+Enter`. */
export function ariaKeys(keys: readonly KeyName[]): string {
  return keys.map((key) => (key === 'Mod' ? (isApple() ? 'Meta' : 'Control') : key === 'Esc' ? 'Escape' : key)).join('+')
}

/** Key caps beside the action they do. Hidden from screen readers: the control says its keys by `aria-keyshortcuts`. */
export function Kbd({ keys }: { readonly keys: readonly KeyName[] }) {
  return (
    <span className="keys" aria-hidden="true">
      {keys.map((key) => <kbd className="kbd" key={key}>{keyCap(key)}</kbd>)}
    </span>
  )
}
