"""Tell whether the process is alive, and whether it can do its work."""

from typing import Any

from attrs import define
from fastapi import APIRouter, Request, Response


@define(eq=False)
class Presence:
    """What a process serves, and whether it is about to end: then nobody should be sent here any more."""

    roles: tuple[str, ...] = ()
    leaving: bool = False

    def is_leaving(self) -> bool:
        """Tell whether the process was asked to end."""
        return self.leaving


router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", summary="Is the process alive?")
async def live() -> dict[str, str]:
    """Answer as long as the process runs; depends on nothing."""
    return {"status": "alive"}


@router.get("/ready", summary="Can it do its work?")
async def ready(request: Request, response: Response) -> dict[str, Any]:
    """Tell per dependency whether it answers; 503 when the marketplace cannot be written to, or the process ends."""
    presence: Presence = request.app.state.presence
    if presence.leaving:
        response.status_code = 503
        return {"status": "leaving", "checks": {}} | _roles(presence)
    checks: dict[str, str] = await request.app.state.opened.health()
    down = [name for name, state in checks.items() if state == "down"]
    response.status_code = 503 if down else 200
    return {"status": "not_ready" if down else "ready", "checks": checks} | _roles(presence)


def _roles(presence: Presence) -> dict[str, Any]:
    return {"roles": list(presence.roles)} if presence.roles else {}
