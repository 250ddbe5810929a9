import { createContext, useContext, type ReactNode } from 'react'
import type { Feature } from '../../lib/store/index.ts'
import { Icon, t } from '../ui/index.ts'

/** Features that the administrator took away, for all pages of the dashboard. */
export const FeaturesOff = createContext<ReadonlySet<Feature>>(new Set())

/** Why this cannot be done here, as a sentence; undefined where it can. */
export function useFeatureOff(feature: Exclude<Feature, 'teams'>): string | undefined {
  return useContext(FeaturesOff).has(feature) ? t(`featureOff_${feature}`) : undefined
}

/** The sentence with a lock, in the place of what the administrator took away; nothing where they did not. */
export function FeatureLine({ feature }: { readonly feature: Exclude<Feature, 'teams'> }): ReactNode {
  const off = useFeatureOff(feature)
  return off !== undefined && <p className="row small sub lk"><Icon name="lock" size={14} /><span>{off}</span></p>
}

/** As `FeatureLine`, as the first line of a card. */
export function FeatureInCard({ feature }: { readonly feature: Exclude<Feature, 'teams'> }): ReactNode {
  return useFeatureOff(feature) !== undefined && <div className="line"><FeatureLine feature={feature} /></div>
}
