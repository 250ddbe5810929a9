import type { ReactNode } from 'react'
import type { IconName } from './Icon.tsx'
import { Icon } from './Icon.tsx'

/** Says what is not here, why, and what to do next (`children`: usually one button). */
export function EmptyState({ icon, title, children }: { readonly icon: IconName; readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={24} />
      <h3>{title}</h3>
      {children}
    </div>
  )
}
