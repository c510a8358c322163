"""Accounts, sessions, shops."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Response

from marketplace_core.identity import (
    ApproveSeller,
    ChangePassword,
    CloseShop,
    GrantRole,
    KeepShop,
    LeaveContact,
    ListSellers,
    ListUsers,
    OpenShop,
    RefreshSession,
    RegisterUser,
    ReinstateSeller,
    RevokeRole,
    SellerStatus,
    SignIn,
    SignOut,
    StartAsGuest,
    SuspendSeller,
    ViewMe,
    ViewSeller,
    ViewShopMatters,
    ViewUser,
)
from marketplace_core.kernel.access import ANONYMOUS, Actor, Permission, Role
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_entrypoints.http.dependencies import By, Host, Market, Paging, Trying
from marketplace_entrypoints.http.identity.schemas import (
    ContactIn,
    GuestIn,
    PasswordIn,
    RefreshIn,
    RegistrationIn,
    RegistrationOut,
    SellerOut,
    SellerPageOut,
    SessionOut,
    ShopIn,
    ShopMattersOut,
    SignInIn,
    SuspensionIn,
    UserOut,
    UserPageOut,
)

router = APIRouter(prefix="/v1", tags=["identity"])
UserPath = Annotated[str, Path(max_length=64, examples=["usr_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
SellerPath = Annotated[str, Path(max_length=64, examples=["sel_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
GrantableRole = Literal["buyer", "operator"]


async def _bearer(authorization: Annotated[str, Header()] = "") -> str:
    return authorization.partition(" ")[2]


BearerToken = Annotated[str, Depends(_bearer)]
"""The access token as it was sent; whose it is has been asked by then."""


@router.post("/users", status_code=202, response_model=RegistrationOut, operation_id="register_user")
async def register(body: RegistrationIn, market: Market, tries: Trying, host: Host) -> RegistrationOut:
    """Open an account. The answer does not tell whether the address had one already; a mail does."""
    await tries.join(host)
    await market.execute(
        RegisterUser(email=body.email, password=body.password, name=body.name, locale=body.locale), by=ANONYMOUS
    )
    return RegistrationOut()


@router.get("/users", response_model=UserPageOut, operation_id="list_users")
async def list_users(
    market: Market,
    by: By,
    page: Paging,
    role: Annotated[Role | None, Query(description="Only accounts with this role")] = None,
) -> UserPageOut:
    """List accounts as an operator, the newest first."""
    return UserPageOut.model_validate(await market.ask(ListUsers(role=role, page=page), by=by))


@router.get("/users/{user_id}", response_model=UserOut, operation_id="view_user")
async def view_user(user_id: UserPath, market: Market, by: By) -> UserOut:
    """Look at an account: your own, or any as an operator."""
    return UserOut.model_validate(await market.ask(ViewUser(user_id=UserId(user_id)), by=by))


@router.put("/users/{user_id}/roles/{role}", status_code=204, operation_id="grant_role")
async def grant_role(user_id: UserPath, role: GrantableRole, market: Market, by: By) -> None:
    """Give a user a role as an operator; it counts from their next request."""
    await market.execute(GrantRole(user_id=UserId(user_id), role=Role(role)), by=by)


@router.delete("/users/{user_id}/roles/{role}", status_code=204, operation_id="revoke_role")
async def revoke_role(user_id: UserPath, role: GrantableRole, market: Market, by: By) -> None:
    """Take a role away as an operator; it is gone with their next request. The last operator stays one."""
    await market.execute(RevokeRole(user_id=UserId(user_id), role=Role(role)), by=by)


@router.get("/me", response_model=UserOut, operation_id="view_me")
async def view_me(market: Market, by: By) -> UserOut:
    """Look at your own account and shop."""
    return UserOut.model_validate(await market.ask(ViewMe(), by=by))


@router.put("/me/password", status_code=204, operation_id="change_password")
async def change_password(body: PasswordIn, market: Market, by: By, tries: Trying, host: Host) -> None:
    """Change your password. Every session ends, this one included. Wrong guesses count as when signing in."""
    command = ChangePassword(current_password=body.current_password, new_password=body.new_password)
    async with tries.signing_in(by.principal, host):
        await market.execute(command, by=by)


@router.put("/me/contact", status_code=204, operation_id="leave_contact")
async def leave_contact(body: ContactIn, market: Market, by: By) -> None:
    """Say as a guest where mails about your orders go. The address signs nobody in; an account keeps its own."""
    await market.execute(LeaveContact(email=body.email, name=body.name), by=by)


@router.post("/sessions", status_code=201, response_model=SessionOut, operation_id="sign_in")
async def sign_in(body: SignInIn, market: Market, response: Response, tries: Trying, host: Host) -> SessionOut:
    """Sign in. A wrong password and an unknown address get the same answer.

    Who is wrong too often is refused with `kernel.too_often` (429), a right password included, until `Retry-After` is
    over; who is right is not counted.
    """
    command = SignIn(email=body.email, password=body.password, device=body.device)
    response.headers["Cache-Control"] = "no-store"
    async with tries.signing_in(body.email, host):
        return SessionOut.model_validate(await market.execute(command, by=ANONYMOUS))


@router.post("/guests", status_code=201, response_model=SessionOut, operation_id="start_as_guest")
async def start_as_guest(body: GuestIn, market: Market, response: Response, tries: Trying, host: Host) -> SessionOut:
    """Begin to buy without an account.

    The session is used, refreshed and ended like one that was signed in to, and is all there is: nobody can sign in to
    it again. Before ordering, say at `/v1/me/contact` where the confirmation goes.
    """
    response.headers["Cache-Control"] = "no-store"
    await tries.join(host)
    command = StartAsGuest(locale=body.locale, device=body.device)
    return SessionOut.model_validate(await market.execute(command, by=ANONYMOUS))


@router.post("/sessions/refresh", response_model=SessionOut, operation_id="refresh_session")
async def refresh_session(body: RefreshIn, market: Market, response: Response) -> SessionOut:
    """Exchange a refresh token for the next pair.

    A second request with the same token within 10 seconds gets `identity.refresh_raced` and nothing else happens; any
    later one ends the session.
    """
    command = RefreshSession(refresh_token=body.refresh_token)
    response.headers["Cache-Control"] = "no-store"
    return SessionOut.model_validate(await market.execute(command, by=ANONYMOUS))


@router.post("/sessions/revocation", status_code=204, operation_id="revoke_session")
async def revoke_session(body: RefreshIn, market: Market) -> None:
    """End the session of a refresh token; a token that is unknown or spent is no error."""
    await market.execute(SignOut(refresh_token=body.refresh_token), by=ANONYMOUS)


@router.delete("/sessions/current", status_code=204, operation_id="sign_out")
async def sign_out(market: Market, by: By, token: BearerToken) -> None:
    """End the session of the access token you send; both of its tokens stop working at once."""
    by.require(Permission.SIGNED_IN)
    await market.execute(SignOut(access_token=token), by=by)


@router.post("/sellers", status_code=201, response_model=SellerOut, operation_id="open_shop")
async def open_shop(body: ShopIn, market: Market, by: By, response: Response) -> SellerOut:
    """Open a shop in your name. You can prepare products at once, and sell once an operator has approved it."""
    command = OpenShop(name=body.name, slug=body.slug, country=body.country, currency=body.currency)
    opened = await market.execute(command, by=by)
    response.headers["Location"] = f"/v1/sellers/{opened.seller_id}"
    return await _seller(opened.seller_id, market, by)


@router.get("/sellers", response_model=SellerPageOut, operation_id="list_sellers")
async def list_sellers(
    market: Market,
    by: By,
    page: Paging,
    status: Annotated[SellerStatus | None, Query(description="Only shops in this state; for operators")] = None,
) -> SellerPageOut:
    """List shops, the newest first: those that sell; operators see all."""
    return SellerPageOut.model_validate(await market.ask(ListSellers(status=status, page=page), by=by))


@router.get("/sellers/{id_or_slug}", response_model=SellerOut, operation_id="view_seller")
async def view_seller(id_or_slug: SellerPath, market: Market, by: By) -> SellerOut:
    """Look at a shop by its identifier or its slug."""
    return await _seller(id_or_slug, market, by)


@router.post("/sellers/{seller_id}/approval", response_model=SellerOut, operation_id="approve_seller")
async def approve_seller(seller_id: SellerPath, market: Market, by: By) -> SellerOut:
    """Let a shop sell, as an operator."""
    await market.execute(ApproveSeller(seller_id=SellerId(seller_id)), by=by)
    return await _seller(seller_id, market, by)


@router.post("/sellers/{seller_id}/suspension", response_model=SellerOut, operation_id="suspend_seller")
async def suspend_seller(seller_id: SellerPath, body: SuspensionIn, market: Market, by: By) -> SellerOut:
    """Stop a shop from selling, as an operator. What was ordered must still be shipped."""
    await market.execute(SuspendSeller(seller_id=SellerId(seller_id), reason=body.reason), by=by)
    return await _seller(seller_id, market, by)


@router.post("/sellers/{seller_id}/reinstatement", response_model=SellerOut, operation_id="reinstate_seller")
async def reinstate_seller(seller_id: SellerPath, market: Market, by: By) -> SellerOut:
    """Let a suspended shop sell again, as an operator."""
    await market.execute(ReinstateSeller(seller_id=SellerId(seller_id)), by=by)
    return await _seller(seller_id, market, by)


@router.get("/sellers/{seller_id}/open-matters", response_model=ShopMattersOut, operation_id="view_shop_matters")
async def view_shop_matters(seller_id: SellerPath, market: Market, by: By) -> ShopMattersOut:
    """See what is open about a shop: what keeps it from being closed, and what a closing shop waits for."""
    return ShopMattersOut.model_validate(await market.ask(ViewShopMatters(seller_id=SellerId(seller_id)), by=by))


@router.post("/sellers/{seller_id}/closure", response_model=SellerOut, operation_id="close_shop")
async def close_shop(seller_id: SellerPath, market: Market, by: By) -> SellerOut:
    """Close a shop, as its owner or an operator. Refused, naming what, while something is open.

    Nothing of it is shown or sold from now on; once everything is paid out it is closed for good.
    """
    await market.execute(CloseShop(seller_id=SellerId(seller_id)), by=by)
    return await _seller(seller_id, market, by)


@router.post("/sellers/{seller_id}/closure/cancellation", response_model=SellerOut, operation_id="keep_shop")
async def keep_shop(seller_id: SellerPath, market: Market, by: By) -> SellerOut:
    """Keep a shop that is being closed: what was shown and sold before is shown and sold again."""
    await market.execute(KeepShop(seller_id=SellerId(seller_id)), by=by)
    return await _seller(seller_id, market, by)


async def _seller(id_or_slug: str, market: Market, by: Actor) -> SellerOut:
    return SellerOut.model_validate(await market.ask(ViewSeller(seller=id_or_slug), by=by))
