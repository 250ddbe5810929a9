import type { ReactNode } from 'react'
import type { IconName } from './Icon.tsx'
import { Icon } from './Icon.tsx'

interface EmptyStateProps {
  readonly icon: IconName
  readonly title: string
  /** Of its heading: 2 where it stands right under the page's own, 3 in a part that has one. */
  readonly level?: 2 | 3
  readonly children?: ReactNode
}

/** Says what is not here, why, and what to do next (`children`: usually one button). */
export function EmptyState({ icon, title, level = 3, children }: EmptyStateProps) {
  const Heading = `h${level}` as const
  return (
    <div className="empty">
      <Icon name={icon} size={24} />
      <Heading>{title}</Heading>
      {children}
    </div>
  )
}
