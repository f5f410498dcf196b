"""What the rights of people refuse: admins' acts, API keys, teams, exports, being forgotten."""

from softfactory.kernel.errors import Conflict, Forbidden, NotFound, Unprocessable


class OwnStanding(Forbidden):
    """Admins suspend and promote others, never themselves."""

    en = "You cannot suspend yourself or change your own roles. Ask another admin."
    ko = "본인의 이용을 정지하거나 역할을 바꿀 수 없습니다. 다른 관리자에게 요청해 주세요."


class LastAdmin(Conflict):
    """Nobody could let people in any more."""

    en = "This is the last admin. Make someone else an admin first."
    ko = "마지막 관리자입니다. 먼저 다른 회원에게 관리자 역할을 부여해 주세요."


class DemoPersonFixed(Forbidden):
    """Demo people are shared by all visitors, so nobody suspends, promotes or deletes them."""

    en = "A demo account is shared by all visitors, so it cannot be changed or deleted."
    ko = "체험 계정은 모든 방문자가 함께 사용하므로 바꾸거나 삭제할 수 없습니다."


class DemoAdminLimited(Forbidden):
    """A demo admin wanted to make, or unmake, someone who stays when the demo ends."""

    en = "A demo admin cannot give or remove the operator and admin roles."
    ko = "체험 관리자는 운영자와 관리자 역할을 부여하거나 해제할 수 없습니다."


class PersonLeaving(Conflict):
    """The account is being erased, or is erased."""

    en = "This account is being deleted or is already deleted, so it cannot be changed."
    ko = "탈퇴 처리 중이거나 이미 탈퇴한 계정이라 변경할 수 없습니다."


class KeyUnknown(NotFound):
    """There is no such key of this person."""

    en = "We cannot find this API key. It may have been deleted already."
    ko = "해당 API 키를 찾을 수 없습니다. 이미 삭제되었을 수 있습니다."


class TooManyKeys(Conflict):
    """A person has as many keys as they may."""

    en = "You can have at most {limit} API keys. Delete one that you no longer use."
    ko = "API 키는 {limit}개까지 만들 수 있습니다. 사용하지 않는 키를 먼저 삭제해 주세요."


class ScopeUnknown(Unprocessable):
    """A scope that no route asks for."""

    en = "There is no scope {scope}. Available scopes: {known}."
    ko = "{scope} 권한은 없습니다. 사용할 수 있는 권한: {known}."


class DemoKeys(Forbidden):
    """A key of a demo person would outlive the demo, in a stranger's hands."""

    en = "Demo accounts cannot have API keys. Create an account of your own to try them."
    ko = "체험 계정으로는 API 키를 만들 수 없습니다. 가입한 뒤 사용해 보세요."


class TeamUnknown(NotFound):
    """There is no such team of this person."""

    en = "We cannot find this team, or you are not a member of it."
    ko = "팀을 찾을 수 없거나 팀의 구성원이 아닙니다."


class OwnersOnly(Forbidden):
    """A member wanted to do what owners do."""

    en = "Only an owner of the team can do this."
    ko = "팀의 소유자만 할 수 있습니다."


class LastOwner(Conflict):
    """A team would be left without an owner."""

    en = "This is the team's last owner. Make someone else an owner first, or delete the team."
    ko = "팀의 마지막 소유자입니다. 먼저 다른 구성원을 소유자로 지정하거나 팀을 삭제해 주세요."


class TeamNotEmpty(Conflict):
    """A team with other members is not deleted over their heads."""

    en = "This team still has other members ({others}). Remove them first."
    ko = "팀에 다른 구성원이 {others}명 있습니다. 먼저 구성원을 내보내 주세요."


class TooManyTeams(Conflict):
    """A person is in as many teams as they may be."""

    en = "You can be in at most {limit} teams. Leave one first."
    ko = "팀은 {limit}개까지 참여할 수 있습니다. 먼저 다른 팀에서 나가 주세요."


class TeamFull(Conflict):
    """A team has as many members and open invitations as it may."""

    en = "A team can have at most {limit} members and open invitations."
    ko = "팀에는 구성원과 초대를 합해 {limit}명까지만 둘 수 있습니다."


class MemberUnknown(NotFound):
    """There is no such member of the team."""

    en = "We cannot find this member in the team."
    ko = "팀에 해당 구성원이 없습니다."


class InvitationUnknown(NotFound):
    """The invitation was used, withdrawn, or is over. Which of them is not told."""

    en = "This invitation is no longer valid. It may have been used or canceled; ask for a new one."
    ko = "더 이상 유효하지 않은 초대입니다. 이미 사용되었거나 취소되었을 수 있으니 다시 요청해 주세요."


class DemoTeams(Forbidden):
    """A demo account is shared by strangers, who must not write to others through it."""

    en = "Demo accounts cannot have teams. Create an account of your own to try them."
    ko = "체험 계정으로는 팀을 사용할 수 없습니다. 가입한 뒤 사용해 보세요."


class ExportUnknown(NotFound):
    """There is no such export of this person, or its days are over."""

    en = "This file is no longer available. Files are kept for 7 days; request a new one."
    ko = "파일을 더 이상 받을 수 없습니다. 파일은 7일 동안만 보관되니 다시 요청해 주세요."


class ObligationsOpen(Conflict):
    """Something still binds the person to others; ``obligations`` lists what."""

    en = "You have a few things to settle first. See the list below."
    ko = "먼저 정리해야 할 일이 있습니다. 아래 목록을 확인해 주세요."
