import { GROUND } from './ground.ts'
import { INTERFACE } from './interface.ts'
import { SENDS } from './sends.ts'
import { SIGHT } from './sight.ts'
import type { Attack } from './stage.ts'

export const ATTACKS: readonly Attack[] = [...INTERFACE, ...GROUND, ...SENDS, ...SIGHT]
