"""Which keys Stripe is opened with, and where."""

from pathlib import Path

import pytest

from marketplace_core.kernel.plugins import UnsafeSetting
from marketplace_entrypoints.composition.adapters import MalformedAdapterSettings, open_adapters
from marketplace_entrypoints.composition.settings import Settings

TEST, LIVE = ("sk_test_1", "pk_test_1"), ("sk_live_1", "pk_live_1")


def settings(data: Path, keys: tuple[str, str], mode: str) -> Settings:
    """Return the settings of a process that opens Stripe."""
    secret, publishable = keys
    own = {
        "api_key": secret,
        "publishable_key": publishable,
        "webhook_secrets": "whsec_1",
        "connect_webhook_secrets": "whsec_2",
        "country": "FR",
    }
    return Settings.model_validate({
        "data": data,
        "mode": mode,
        "payment_provider": "stripe",
        "adapters": {"stripe": own},
    })  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "mode", "said"),
    [
        (TEST, "production", "for tests"),
        (("rk_test_1", "pk_test_1"), "production", "for tests"),
        (LIVE, "development", "live"),
        (("rk_live_1", "pk_live_1"), "development", "live"),
    ],
)
async def test_keys_of_the_other_mode_are_refused_at_start_with_a_sentence(
    tmp_path: Path, keys: tuple[str, str], mode: str, said: str
) -> None:
    with pytest.raises(UnsafeSetting, match=said) as refusal:
        async with open_adapters(settings(tmp_path, keys, mode)):
            pass

    assert refusal.value.message.startswith("These Stripe keys are ")
    assert keys[0] not in refusal.value.message


@pytest.mark.parametrize(
    ("keys", "mode"),
    [(TEST, "development"), (LIVE, "production"), (("rk_live_1", "pk_live_1"), "production")],
)
async def test_keys_of_the_right_mode_open(tmp_path: Path, keys: tuple[str, str], mode: str) -> None:
    async with open_adapters(settings(tmp_path, keys, mode)) as adapters:
        assert adapters.payments.payments.provider == "stripe"


@pytest.mark.parametrize("keys", [(TEST[0], LIVE[1]), (LIVE[0], TEST[1]), ("rk_live_1", TEST[1])])
@pytest.mark.parametrize("mode", ["development", "production"])
async def test_keys_of_both_modes_are_refused_everywhere(tmp_path: Path, keys: tuple[str, str], mode: str) -> None:
    with pytest.raises(MalformedAdapterSettings, match="different modes") as refusal:
        async with open_adapters(settings(tmp_path, keys, mode)):
            pass

    assert keys[0] not in refusal.value.message


async def test_a_publishable_key_is_no_secret_one(tmp_path: Path) -> None:
    with pytest.raises(MalformedAdapterSettings, match="secret or restricted") as refusal:
        async with open_adapters(settings(tmp_path, ("pk_test_1", "pk_test_1"), "development")):
            pass

    assert "pk_test_1" not in refusal.value.message.replace("publishable_key", "")
