import '../../components/ui/tokens.css'
import '../../components/popup/popup.css'
import { PopupPage } from '../../components/popup/PopupPage.tsx'
import { mount } from '../../components/shell/mount.tsx'

mount(<PopupPage />)
