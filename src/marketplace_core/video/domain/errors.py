"""The complaints of the video context."""

from marketplace_core.kernel.errors import InvalidInput, NotFound, RuleBroken


class VideoNotFound(NotFound):
    """There is no such video, or it is not yours."""

    code = "video.not_found"


class SubjectNotFound(NotFound):
    """What the video is meant to present does not exist, or is not yours."""

    code = "video.subject_not_found"


class UnsupportedType(InvalidInput):
    """The file is not of a type that holds video."""

    code = "video.unsupported_type"


class UnacceptableSize(InvalidInput):
    """The announced size is nothing, or more than a video may have."""

    code = "video.unacceptable_size"


class TooManyUploads(RuleBroken):
    """The seller has as many unfinished videos as one may have."""

    code = "video.too_many_uploads"


class NotUploadedYet(RuleBroken):
    """The upload was said to be done, but the store has no file."""

    code = "video.not_uploaded_yet"


class MalformedCaptions(InvalidInput):
    """The captions are not WebVTT that is safe to show; ``line`` says where."""

    code = "video.malformed_captions"


class MalformedLanguage(InvalidInput):
    """The language is not a BCP 47 tag."""

    code = "video.malformed_language"


class TooManyCaptions(RuleBroken):
    """The video has captions in as many languages as one may have."""

    code = "video.too_many_captions"


class CaptionsNotFound(NotFound):
    """The video has no captions in that language, or is not yours to see."""

    code = "video.captions_not_found"


class IllegalTransition(RuleBroken):
    """The video is not in a state in which that can happen."""

    code = "video.illegal_transition"
