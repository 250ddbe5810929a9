import { describe, expect, it } from 'vitest'
import type { StoreAddress } from '../../lib/review/team/index.ts'
import { driverPorts, openStore } from '../../lib/team/store/index.ts'
import { storeScript } from '../run/team-stores.mjs'
import { couple } from './couple.ts'
import { realStores } from './real-stores.ts'

describe.each(realStores().filter(({ address }) => address.kind === 's3'))('$name loses a disk', ({ address, credentials }) => {
  it('kills one and hangs another in the middle of a sync: all that was published arrives, in order', async () => {
    const own = { ...address, folder: `osd-${Date.now().toString(36)}` } as StoreAddress
    const { lead, rep, publish } = await couple(() => openStore(own, credentials, { ...driverPorts(), timeout: 60_000, tries: 6 }))
    const steps: Partial<Record<number, () => void>> = {
      3: () => storeScript('ceph-rgw.sh', 'kill-osd', '1'), 6: () => storeScript('ceph-rgw.sh', 'start-osd', '1'), 9: () => storeScript('ceph-rgw.sh', 'kill-osd', '2', 'STOP'), 14: () => storeScript('ceph-rgw.sh', 'start-osd', '2'),
    }
    try {
      for (let version = 1; version <= 16; version++) {
        await publish(`1.${version}.0`, `golden word${version}`)
        const sent = lead.sync.check('now')
        steps[version]?.()
        expect((await sent).problem).toBeNull()
        expect((await rep.sync.check('hint')).packs).toEqual([{ id: 'sales', version: `1.${version}.0` }])
      }
    } finally {
      storeScript('ceph-rgw.sh', 'start-osd', '1')
      storeScript('ceph-rgw.sh', 'start-osd', '2')
    }
    expect([...rep.ledger, ...lead.ledger]).toEqual([])
  })
})
