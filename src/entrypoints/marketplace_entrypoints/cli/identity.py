"""``marketplace user`` and ``marketplace seller``: accounts, roles, shops."""

from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.identity import (
    ApproveSeller,
    ChangePassword,
    GrantRole,
    IdentifyUser,
    LeaveContact,
    ListSellers,
    ListUsers,
    OpenShop,
    RegisterUser,
    ReinstateSeller,
    RevokeRole,
    SellerStatus,
    SellerView,
    StartAsGuest,
    SuspendSeller,
    UserView,
    ViewMe,
    ViewSeller,
    ViewUser,
)
from marketplace_core.kernel.access import SYSTEM, Role
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

user = typer.Typer(help="Accounts: open them, look at them, give and take roles.", no_args_is_help=True)
seller = typer.Typer(help="Shops: open them, approve them, suspend them, close them.", no_args_is_help=True)
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
UserArgument = Annotated[str, typer.Argument(metavar="USER", help="E-mail address or identifier (usr_…).")]
SellerArgument = Annotated[str, typer.Argument(metavar="SHOP", help="Slug or identifier (sel_…).")]
Limit = Annotated[int, typer.Option(help="How many.")]
Cursor = Annotated[str | None, typer.Option(help="Continue after an earlier page.")]
NEVER_SHOWN = "Better given by the environment or typed at the prompt than on the command line."


@user.command("create")
def create(
    email: Annotated[str, typer.Option(help="The address to sign in with.")],
    name: Annotated[str, typer.Option(help="What to call them.")],
    password: Annotated[
        str,
        typer.Option(
            envvar="MARKETPLACE_PASSWORD",
            prompt=True,
            hide_input=True,
            confirmation_prompt=True,
            help=f"8 to 128 characters; 15 for sellers and operators. {NEVER_SHOWN}",
        ),
    ],
    locale: Annotated[str, typer.Option(help="The language of their mails: en or ru.")] = "en",
    operator: Annotated[bool, typer.Option("--operator", help="Make them an operator as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """Open an account that may buy.

    An address that has an account keeps it as it is, password included, and its owner gets a mail.
    """

    async def work(session: Session) -> dict[str, Any]:
        market = session.opened.market
        command = RegisterUser(email=email, password=password, name=name, locale=locale)
        registered = await market.execute(command, by=session.by)
        user_id = registered.user_id or await _user_id(session, email)
        if operator:
            await market.execute(GrantRole(user_id=user_id, role=Role.OPERATOR), by=session.by)
        return {"user_id": user_id, "created": registered.user_id is not None}

    done = run(work, as_json=as_json)
    if as_json:
        show_json(done)
        return
    console.print(f"{done['user_id']}  {'created' if done['created'] else 'had an account already'}")


@user.command("guest")
def guest(
    locale: Annotated[str, typer.Option(help="The language of their mails: en or ru.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Let somebody buy without an account, for instance on the telephone; then act for them with --as USER_ID."""

    async def work(session: Session) -> dict[str, Any]:
        # Nobody gets the session, which lapses: the command line acts with --as.
        begun = await session.opened.market.execute(StartAsGuest(locale=locale, device="command line"), by=session.by)
        return {"user_id": begun.user_id}

    done = run(work, as_json=as_json)
    if as_json:
        show_json(done)
        return
    console.print(done["user_id"])


@user.command("contact")
def contact(
    email: Annotated[str, typer.Option(help="Where mails about their orders go.")],
    name: Annotated[str, typer.Option(help="What to call them.")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say for a guest (--as) where mails about their orders go. The address signs nobody in."""

    async def work(session: Session) -> UserView:
        market = session.opened.market
        await market.execute(LeaveContact(email=email, name=name), by=session.by)
        return await market.ask(ViewMe(), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    console.print(f"{found.user_id}  {escape(found.name)}  {escape(found.email)}", soft_wrap=True)


@user.command("list")
def list_users(
    role: Annotated[Role | None, typer.Option(help="Only accounts with this role.")] = None,
    limit: Limit = PAGE_SIZE_DEFAULT,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List accounts, the newest first."""

    async def work(session: Session) -> Page[UserView]:
        page = PageRequest(limit=limit, cursor=cursor)
        return await session.opened.market.ask(ListUsers(role=role, page=page), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    table = Table("user", "e-mail", "name", "roles", "shop", box=None, pad_edge=False)
    for each in found.items:
        shop = each.seller.slug if each.seller else ""
        table.add_row(each.user_id, escape(each.email), escape(each.name), _roles(each), shop)
    _show_page(table, found.next_cursor)


@user.command("view")
def view_user(who: UserArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Look at an account and its shop."""

    async def work(session: Session) -> UserView:
        return await session.opened.market.ask(ViewUser(user_id=await _user_id(session, who)), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    console.print(f"[bold]{found.user_id}[/bold]  {escape(found.name)}  {escape(found.email)}", soft_wrap=True)
    kind = "guest" if found.guest else _roles(found)
    console.print(f"    {kind}  mails in {found.locale}  since {found.registered_at:%Y-%m-%d}")
    if found.seller:
        _show_seller(found.seller)


@user.command("grant")
def grant(who: UserArgument, role: Role, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Give a user a role; it counts from their next request."""
    _change_role(who, role, granted=True, as_json=as_json, as_user=as_user)


@user.command("revoke")
def revoke(who: UserArgument, role: Role, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Take a role away; it is gone with the user's next request."""
    _change_role(who, role, granted=False, as_json=as_json, as_user=as_user)


@user.command("password")
def password(
    current: Annotated[
        str,
        typer.Option(
            envvar="MARKETPLACE_PASSWORD",
            prompt="Present password",
            hide_input=True,
            help=f"The present. {NEVER_SHOWN}",
        ),
    ],
    new: Annotated[
        str,
        typer.Option(
            envvar="MARKETPLACE_NEW_PASSWORD",
            prompt="New password",
            hide_input=True,
            confirmation_prompt=True,
            help=f"The next: 8 to 128 characters, 15 for sellers and operators. {NEVER_SHOWN}",
        ),
    ],
    as_user: AsUser,
    as_json: AsJson = False,
) -> None:
    """Change your own password. Every session ends."""

    async def work(session: Session) -> None:
        command = ChangePassword(current_password=current, new_password=new)
        await session.opened.market.execute(command, by=session.by)

    run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"changed": True})
    else:
        console.print("The password is changed; every session has ended.")


@seller.command("open")
def open_shop(
    name: Annotated[str, typer.Option(help="What it is called.")],
    slug: Annotated[str, typer.Option(help="Its address: 3 to 40 of a-z, 0-9 and inner hyphens.")],
    country: Annotated[str, typer.Option(help="Where it sells from: two capital letters, such as DE.")],
    currency: Annotated[str, typer.Option(help="What it is paid in: three capital letters.")] = "EUR",
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Open a shop in your name (--as). It sells once an operator has approved it."""

    async def work(session: Session) -> SellerView:
        command = OpenShop(name=name, slug=slug, country=country, currency=currency)
        opened = await session.opened.market.execute(command, by=session.by)
        return await session.opened.market.ask(ViewSeller(seller=opened.seller_id), by=session.by)

    show_shop(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@seller.command("list")
def list_sellers(
    status: Annotated[SellerStatus | None, typer.Option(help="Only shops in this state.")] = None,
    limit: Limit = PAGE_SIZE_DEFAULT,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List shops, the newest first: all of them for operators, those that sell for others."""

    async def work(session: Session) -> Page[SellerView]:
        page = PageRequest(limit=limit, cursor=cursor)
        return await session.opened.market.ask(ListSellers(status=status, page=page), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    table = Table("seller", "slug", "name", "state", "since", box=None, pad_edge=False)
    for each in found.items:
        since = f"{each.applied_at:%Y-%m-%d}"
        table.add_row(each.seller_id, each.slug, escape(each.name), each.status.value, since)
    _show_page(table, found.next_cursor)


@seller.command("view")
def view_seller(shop: SellerArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Look at a shop."""

    async def work(session: Session) -> SellerView:
        return await session.opened.market.ask(ViewSeller(seller=shop), by=session.by)

    show_shop(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@seller.command("approve")
def approve(shop: SellerArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Let a shop sell. Approving it twice is no error."""
    _step(shop, lambda seller_id: ApproveSeller(seller_id=seller_id), as_json=as_json, as_user=as_user)


@seller.command("suspend")
def suspend(
    shop: SellerArgument,
    reason: Annotated[str, typer.Option(help="Why; kept for operators, never mailed.")] = "",
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Stop a shop from selling. What was ordered must still be shipped."""
    _step(shop, lambda seller_id: SuspendSeller(seller_id=seller_id, reason=reason), as_json=as_json, as_user=as_user)


@seller.command("reinstate")
def reinstate(shop: SellerArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Let a suspended shop sell again."""
    _step(shop, lambda seller_id: ReinstateSeller(seller_id=seller_id), as_json=as_json, as_user=as_user)


def _change_role(who: str, role: Role, *, granted: bool, as_json: bool, as_user: str | None) -> None:
    async def work(session: Session) -> UserView:
        market, user_id = session.opened.market, await _user_id(session, who)
        change = GrantRole if granted else RevokeRole
        await market.execute(change(user_id=user_id, role=role), by=session.by)
        return await market.ask(ViewUser(user_id=user_id), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        console.print(f"{found.user_id}  {_roles(found)}")


def _step(shop: str, command_for: Callable[[SellerId], Command[None]], *, as_json: bool, as_user: str | None) -> None:
    async def work(session: Session) -> SellerView:
        market = session.opened.market
        found = await market.ask(ViewSeller(seller=shop), by=session.by)
        await market.execute(command_for(found.seller_id), by=session.by)
        return await market.ask(ViewSeller(seller=found.seller_id), by=session.by)

    show_shop(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


async def _user_id(session: Session, who: str) -> UserId:
    """Return the identifier for an identifier or an address."""
    return (await session.opened.market.ask(IdentifyUser(user=who), by=SYSTEM)).own_user


def _roles(view: UserView) -> str:
    return ", ".join(sorted(role.value for role in view.roles))


def show_shop(view: SellerView, *, as_json: bool) -> None:
    """Show a shop."""
    if as_json:
        show_json(view)
    else:
        _show_seller(view)


def _show_seller(view: SellerView) -> None:
    colour = {SellerStatus.ACTIVE: "green", SellerStatus.SUSPENDED: "red"}.get(view.status, "yellow")
    console.print(
        f"[bold]{view.seller_id}[/bold]  [{colour}]{view.status.value}[/{colour}]  {view.slug}  {escape(view.name)}",
        soft_wrap=True,
    )
    console.print(f"    {view.country}  {view.currency}  since {view.applied_at:%Y-%m-%d}")
    if view.status_reason:
        console.print(f"    {escape(view.status_reason)}", soft_wrap=True)


def _show_page(table: Table, next_cursor: str | None) -> None:
    console.print(table)
    if next_cursor:
        console.print(f"more: --cursor {next_cursor}", soft_wrap=True)
