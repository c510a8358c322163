"""Identity: who you are, and whether you may sell."""

from marketplace_core.identity.domain.closing import ShopMatters
from marketplace_core.identity.domain.errors import (
    AccountNeeded,
    AlreadyHasShop,
    InvalidEmail,
    InvalidProfile,
    InvalidSlug,
    InvalidToken,
    LastOperator,
    LongerPasswordNeeded,
    NotAGuest,
    RefreshRaced,
    RoleNotGrantable,
    SellerNotFound,
    SellerNotInState,
    SessionEnded,
    ShopHasOpenMatters,
    SlugTaken,
    UserNotFound,
    WeakPassword,
    WrongCredentials,
    WrongPassword,
)
from marketplace_core.identity.domain.events import (
    RefreshReuseDetected,
    RegistrationRepeated,
    SellerApplied,
    SellerApproved,
    SellerClosed,
    SellerClosing,
    SellerReinstated,
    SellerStayed,
    SellerSuspended,
    UserRegistered,
)
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.domain.seller import SELLER_MACHINE, Seller, SellerStatus
from marketplace_core.identity.domain.session import EndReason, TokenFamily
from marketplace_core.identity.domain.user import User
from marketplace_core.identity.handlers import TIMERS, answers, handlers
from marketplace_core.identity.queries import (
    Contact,
    IdentifyActor,
    IdentifyUser,
    IdentityReader,
    ListSellers,
    ListUsers,
    SellerCard,
    SellerView,
    Standing,
    UserView,
    ViewMe,
    ViewSeller,
    ViewShopMatters,
    ViewUser,
)
from marketplace_core.identity.usecases.approve_seller import ApproveSeller
from marketplace_core.identity.usecases.change_password import ChangePassword
from marketplace_core.identity.usecases.close_shop import CloseShop
from marketplace_core.identity.usecases.finish_closing import FinishClosing
from marketplace_core.identity.usecases.forget_guests import ForgetGuests, GuestsForgotten
from marketplace_core.identity.usecases.grant_role import GrantRole
from marketplace_core.identity.usecases.keep_shop import KeepShop
from marketplace_core.identity.usecases.leave_contact import LeaveContact
from marketplace_core.identity.usecases.open_shop import OpenShop, ShopOpened
from marketplace_core.identity.usecases.refresh_session import RefreshSession
from marketplace_core.identity.usecases.register_user import Registered, RegisterUser
from marketplace_core.identity.usecases.reinstate_seller import ReinstateSeller
from marketplace_core.identity.usecases.revoke_role import RevokeRole
from marketplace_core.identity.usecases.session import Session
from marketplace_core.identity.usecases.sign_in import SignIn
from marketplace_core.identity.usecases.sign_out import SignOut
from marketplace_core.identity.usecases.start_as_guest import StartAsGuest
from marketplace_core.identity.usecases.suspend_seller import SuspendSeller

__all__ = [
    "SELLER_MACHINE",
    "TIMERS",
    "AccountNeeded",
    "AlreadyHasShop",
    "ApproveSeller",
    "ChangePassword",
    "CloseShop",
    "Contact",
    "EndReason",
    "FamilyId",
    "FinishClosing",
    "ForgetGuests",
    "GrantRole",
    "GuestsForgotten",
    "IdentifyActor",
    "IdentifyUser",
    "IdentityReader",
    "InvalidEmail",
    "InvalidProfile",
    "InvalidSlug",
    "InvalidToken",
    "KeepShop",
    "LastOperator",
    "LeaveContact",
    "ListSellers",
    "ListUsers",
    "LongerPasswordNeeded",
    "NotAGuest",
    "OpenShop",
    "RefreshRaced",
    "RefreshReuseDetected",
    "RefreshSession",
    "RegisterUser",
    "Registered",
    "RegistrationRepeated",
    "ReinstateSeller",
    "RevokeRole",
    "RoleNotGrantable",
    "Seller",
    "SellerApplied",
    "SellerApproved",
    "SellerCard",
    "SellerClosed",
    "SellerClosing",
    "SellerNotFound",
    "SellerNotInState",
    "SellerReinstated",
    "SellerStatus",
    "SellerStayed",
    "SellerSuspended",
    "SellerView",
    "Session",
    "SessionEnded",
    "ShopHasOpenMatters",
    "ShopMatters",
    "ShopOpened",
    "SignIn",
    "SignOut",
    "SlugTaken",
    "Standing",
    "StartAsGuest",
    "SuspendSeller",
    "TokenFamily",
    "User",
    "UserNotFound",
    "UserRegistered",
    "UserView",
    "ViewMe",
    "ViewSeller",
    "ViewShopMatters",
    "ViewUser",
    "WeakPassword",
    "WrongCredentials",
    "WrongPassword",
    "answers",
    "handlers",
]
