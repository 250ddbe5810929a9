import type { ReactNode } from 'react'

interface SwitchProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly describedBy?: string
  /** A sentence why it cannot be changed; the switch stays focusable and says it. */
  readonly locked?: string | undefined
}

/** On or off, at once: nothing else has to be pressed. */
export function Switch({ label, checked, onChange, describedBy, locked }: SwitchProps): ReactNode {
  return (
    <input
      className="switch" type="checkbox" role="switch" aria-label={label} checked={checked} title={locked}
      aria-disabled={locked ? true : undefined} aria-describedby={describedBy}
      onChange={(event) => { if (!locked) onChange(event.currentTarget.checked) }}
    />
  )
}
