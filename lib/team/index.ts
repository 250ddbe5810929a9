export { exportPack, type PackFile } from './export.ts'
export { createSharedPacks, type SharedPacks, type TeamPorts } from './packs.ts'
export { packAddress } from './fetch-pack.ts'
export { TeamError, type PackOutcome, type TeamCode, type TeamProblem } from './outcome.ts'
