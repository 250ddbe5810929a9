import '../../components/ui/tokens.css'
import '../../components/shell/shell.css'
import '../../components/approvals/approvals.css'
import '../../components/help/help.css'
import '../../components/history/history.css'
import '../../components/rules/rules.css'
import '../../components/rules/editor/editor.css'
import '../../components/insights/insights.css'
import '../../components/team/team.css'
import '../../components/settings/settings.css'
import '../../components/workflow/workflow.css'
import { Dashboard } from '../../components/shell/Dashboard.tsx'
import { mount } from '../../components/shell/mount.tsx'
import { openEarly } from '../../lib/store/index.ts'

openEarly()
mount(<Dashboard />)
