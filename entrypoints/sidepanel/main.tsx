import '../../components/ui/tokens.css'
import '../../components/shell/shell.css'
import '../../components/approvals/approvals.css'
import '../../components/history/history.css'
import '../../components/review/review.css'
import '../../components/sidepanel/sidepanel.css'
import { createSideEnvironment } from '../../components/sidepanel/environment.ts'
import { SidePanelPage } from '../../components/sidepanel/SidePanelPage.tsx'
import { mount } from '../../components/shell/mount.tsx'
import { createSideRegistry } from '../../lib/messages/side-panel.ts'

const registry = createSideRegistry()
mount(<SidePanelPage registry={registry} environment={createSideEnvironment(registry)} />)
