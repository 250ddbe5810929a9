import '../../components/ui/tokens.css'
import '../../components/workflow/workflow.css'
import '../../components/welcome/welcome.css'
import { mount } from '../../components/shell/mount.tsx'
import { WelcomePage } from '../../components/welcome/WelcomePage.tsx'

mount(<WelcomePage />)
