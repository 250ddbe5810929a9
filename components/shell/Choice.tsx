import type { ReactNode } from 'react'

export type Option = readonly [value: string, text: string]

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly Option[]
  readonly onChange: (value: string) => void
}

/** A filter among others: a list whose first option filters nothing. */
export function Choice({ label, value, options, onChange }: ChoiceProps): ReactNode {
  return (
    <select className="select" aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
    </select>
  )
}
