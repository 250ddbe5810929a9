import { createContext, useContext, type ReactNode } from 'react'
import { Icon, t } from '../ui/index.ts'

/** Fields that the administrator set, as in a policy file (`floor.pricing`) or `keeping.keepTexts`. */
export const Locks = createContext<ReadonlySet<string>>(new Set())

/** Why this field cannot be changed here, as a sentence; undefined where it can. */
export function useLock(field: string): string | undefined {
  return useContext(Locks).has(field) ? t('settingsLocked') : undefined
}

/** The lock beside a field that the administrator set; nothing beside others. */
export function LockLine({ field, id }: { readonly field: string; readonly id?: string }): ReactNode {
  const locked = useLock(field)
  return locked && <span className="row small sub lk" id={id}><Icon name="lock" size={12} />{locked}</span>
}
