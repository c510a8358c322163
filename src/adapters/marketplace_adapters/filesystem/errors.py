"""Why an upload is refused."""

from marketplace_core.kernel.errors import Conflict, InvalidInput, NotAllowed


class UploadAddressInvalid(NotAllowed):
    """The address was not made by this store, or was changed."""

    code = "filesystem.upload_address_invalid"


class UploadExpired(NotAllowed):
    """The address is no longer valid; ask for a new one."""

    code = "filesystem.upload_expired"


class UploadAddressUsed(Conflict):
    """The address took its one upload already."""

    code = "filesystem.upload_address_used"


class UploadTypeWrong(InvalidInput):
    """The content type is not the announced one."""

    code = "filesystem.upload_type_wrong"


class UploadTooLarge(InvalidInput):
    """More bytes than were announced."""

    code = "filesystem.upload_too_large"


class UploadCutShort(InvalidInput):
    """Fewer bytes arrived than the request said it would bring."""

    code = "filesystem.upload_cut_short"
