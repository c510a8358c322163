"""Which handler carries out which command of identity, and answers which query."""

from typing import Final

from marketplace_core.identity.domain import timers
from marketplace_core.identity.ports import (
    SYSTEM_SECRETS,
    AccessTokens,
    GuestTrade,
    IdentityWork,
    Passwords,
    RefreshSecrets,
    ShopTrade,
)
from marketplace_core.identity.queries import (
    IdentifyActor,
    IdentifyActorHandler,
    IdentifyUser,
    IdentifyUserHandler,
    IdentityReader,
    ListSellers,
    ListSellersHandler,
    ListUsers,
    ListUsersHandler,
    ViewMe,
    ViewMeHandler,
    ViewSeller,
    ViewSellerHandler,
    ViewShopMatters,
    ViewShopMattersHandler,
    ViewUser,
    ViewUserHandler,
)
from marketplace_core.identity.usecases.approve_seller import ApproveSeller, ApproveSellerHandler
from marketplace_core.identity.usecases.change_password import ChangePassword, ChangePasswordHandler
from marketplace_core.identity.usecases.close_shop import CloseShop, CloseShopHandler
from marketplace_core.identity.usecases.finish_closing import FinishClosing, FinishClosingHandler
from marketplace_core.identity.usecases.forget_guests import ForgetGuests, ForgetGuestsHandler
from marketplace_core.identity.usecases.grant_role import GrantRole, GrantRoleHandler
from marketplace_core.identity.usecases.keep_shop import KeepShop, KeepShopHandler
from marketplace_core.identity.usecases.leave_contact import LeaveContact, LeaveContactHandler
from marketplace_core.identity.usecases.open_shop import OpenShop, OpenShopHandler
from marketplace_core.identity.usecases.refresh_session import RefreshSession, RefreshSessionHandler
from marketplace_core.identity.usecases.register_user import RegisterUser, RegisterUserHandler
from marketplace_core.identity.usecases.reinstate_seller import ReinstateSeller, ReinstateSellerHandler
from marketplace_core.identity.usecases.revoke_role import RevokeRole, RevokeRoleHandler
from marketplace_core.identity.usecases.sign_in import SignIn, SignInHandler
from marketplace_core.identity.usecases.sign_out import SignOut, SignOutHandler
from marketplace_core.identity.usecases.start_as_guest import StartAsGuest, StartAsGuestHandler
from marketplace_core.identity.usecases.suspend_seller import SuspendSeller, SuspendSellerHandler
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, SellerId
from marketplace_core.kernel.messages import Answers, Handlers, Timers
from marketplace_core.kernel.work import Begin

TIMERS: Final[Timers] = {
    timers.FINISH_CLOSING: lambda seller_id: FinishClosing(seller_id=SellerId(seller_id)),
}


def handlers(
    *,
    begin: Begin[IdentityWork],
    passwords: Passwords,
    access_tokens: AccessTokens,
    trade: GuestTrade,
    shops: ShopTrade,
    clock: Clock,
    ids: IdFactory,
    secrets: RefreshSecrets = SYSTEM_SECRETS,
) -> Handlers:
    """Return the command → handler table."""
    return {
        RegisterUser: RegisterUserHandler(begin=begin, passwords=passwords, clock=clock, ids=ids),
        SignIn: SignInHandler(
            begin=begin, passwords=passwords, access_tokens=access_tokens, secrets=secrets, clock=clock, ids=ids
        ),
        StartAsGuest: StartAsGuestHandler(
            begin=begin, access_tokens=access_tokens, secrets=secrets, clock=clock, ids=ids
        ),
        LeaveContact: LeaveContactHandler(begin=begin),
        ForgetGuests: ForgetGuestsHandler(begin=begin, trade=trade, clock=clock),
        RefreshSession: RefreshSessionHandler(begin=begin, access_tokens=access_tokens, secrets=secrets, clock=clock),
        SignOut: SignOutHandler(begin=begin, access_tokens=access_tokens, clock=clock),
        ChangePassword: ChangePasswordHandler(begin=begin, passwords=passwords),
        GrantRole: GrantRoleHandler(begin=begin),
        RevokeRole: RevokeRoleHandler(begin=begin),
        OpenShop: OpenShopHandler(begin=begin, clock=clock, ids=ids),
        ApproveSeller: ApproveSellerHandler(begin=begin),
        SuspendSeller: SuspendSellerHandler(begin=begin),
        ReinstateSeller: ReinstateSellerHandler(begin=begin),
        CloseShop: CloseShopHandler(begin=begin, trade=shops, clock=clock),
        KeepShop: KeepShopHandler(begin=begin),
        FinishClosing: FinishClosingHandler(begin=begin, trade=shops, clock=clock),
    }


def answers(*, reader: IdentityReader, access_tokens: AccessTokens, shops: ShopTrade, clock: Clock) -> Answers:
    """Return the query → handler table."""
    return {
        IdentifyActor: IdentifyActorHandler(reader=reader, access_tokens=access_tokens, clock=clock),
        IdentifyUser: IdentifyUserHandler(reader=reader),
        ViewMe: ViewMeHandler(reader=reader),
        ViewUser: ViewUserHandler(reader=reader),
        ListUsers: ListUsersHandler(reader=reader),
        ViewSeller: ViewSellerHandler(reader=reader),
        ListSellers: ListSellersHandler(reader=reader),
        ViewShopMatters: ViewShopMattersHandler(trade=shops),
    }
