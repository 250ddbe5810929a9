import type { ButtonHTMLAttributes, MouseEvent, Ref } from 'react'
import type { KeyName } from './Kbd.tsx'
import { Kbd, ariaKeys } from './Kbd.tsx'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly size?: 'sm' | 'md' | 'lg'
  /** Square, for a single icon; give it an `aria-label`. */
  readonly icon?: boolean
  /** Key that does the same, shown on the button. */
  readonly keys?: readonly KeyName[] | undefined
  /** Not possible now: dashed, still focusable, does nothing. Put the reason next to it and point `aria-describedby` at it. */
  readonly off?: boolean
  /** Value of `data-cs`, by which tests and the practice script find it. */
  readonly cs?: string | undefined
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button that tells the truth: never looks pressable and then fails. */
export function Button({ look = 'plain', size = 'md', icon = false, keys, off = false, cs, className, onClick, children, ...rest }: ButtonProps) {
  const classes = ['btn', look !== 'plain' && look, size !== 'md' && size, icon && 'icon', className].filter(Boolean).join(' ')
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (off) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      type="button" className={classes} data-cs={cs} aria-disabled={off || undefined}
      aria-keyshortcuts={keys ? ariaKeys(keys) : undefined} onClick={press} {...rest}
    >
      {children}
      {keys && <Kbd keys={keys} />}
    </button>
  )
}
