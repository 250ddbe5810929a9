export { mountReview } from './mount.tsx'
export type { MountOptions, MountedReview } from './mount.tsx'
