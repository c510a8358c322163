"""Videos as the studio shows them: state, progress, and if one failed, why and what to do next."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from marketplace_core.video import VideoState, VideoView
from marketplace_entrypoints.web.language import Language
from marketplace_entrypoints.web.studio.words import VIDEO_FAILURES, VIDEO_STATES

VIDEO_TYPES: Final = ("video/mp4", "video/quicktime", "video/webm", "video/x-matroska", ".mkv")
"""What a file dialogue offers."""
UNDER_WAY: Final = frozenset({VideoState.UPLOADED, VideoState.INGESTING, VideoState.PROCESSING})
"""The states in which something happens by itself."""
PRODUCT: Final = "product:"


@frozen(kw_only=True)
class ShownVideo:
    """A video in a list; ``happened`` and ``next_step`` are message texts, empty unless it failed."""

    view: VideoView
    state: tuple[str, str]
    happened: str
    next_step: str

    @property
    def under_way(self) -> bool:
        """Tell whether it is being made playable at this moment."""
        return self.view.state in UNDER_WAY

    @property
    def product_id(self) -> str:
        """The product it presents; empty for a film of the shop itself."""
        subject = self.view.subject
        return subject.removeprefix(PRODUCT) if subject.startswith(PRODUCT) else ""


def shown_video(view: VideoView) -> ShownVideo:
    """Show one video."""
    happened, next_step = "", ""
    if view.state is VideoState.FAILED:
        happened, next_step = VIDEO_FAILURES.get(view.reason_code or "", (view.reason or "", ""))
    return ShownVideo(view=view, state=VIDEO_STATES[view.state], happened=happened, next_step=next_step)


def shown_videos(views: Iterable[VideoView]) -> Sequence[ShownVideo]:
    """Show videos."""
    return [shown_video(view) for view in views]


def event_of(view: VideoView, language: Language) -> Mapping[str, object]:
    """Return what a script is told of a video."""
    shown = shown_video(view)
    reason = " ".join(language.say(said) for said in (shown.happened, shown.next_step) if said)
    return {
        "video_id": view.video_id,
        "state": view.state.value,
        "says": language.say(shown.state[0]),
        "colour": shown.state[1],
        "progress_percent": view.progress_percent,
        "reason": reason,
    }
