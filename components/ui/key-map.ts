import type { KeyName } from './Kbd.tsx'
import type { MessageKey } from './i18n.ts'

/** Every key of the review, and what it does. */
export const KEY_MAP: readonly (readonly [readonly KeyName[], MessageKey])[] = [
  [['Enter'], 'reviewHelpUse'], [['K'], 'reviewHelpKeep'], [['X'], 'reviewHelpDismiss'], [['S'], 'reviewHelpSuppress'], [['E'], 'reviewHelpEdit'], [['1', '2', '3'], 'reviewHelpReason'],
  [['F8'], 'reviewHelpNext'], [['Shift', 'F8'], 'reviewHelpPrev'], [['Ctrl', 'Shift', 'F8'], 'reviewHelpDeclare'], [['Mod', 'Enter'], 'reviewHelpSign'], [['Esc'], 'reviewHelpBack'], [['?'], 'reviewHelpHelp'],
]
