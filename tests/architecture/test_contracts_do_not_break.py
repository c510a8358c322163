"""Whoever reads our events today reads them tomorrow: buf checks the contracts against those that were given out."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorSet

from tests.architecture.source_tree import ROOT

PROTO: Final = ROOT / "proto"


def buf(*arguments: str, at: Path = PROTO) -> subprocess.CompletedProcess[str]:
    """Run buf over a tree of contracts."""
    return subprocess.run(["buf", *arguments], cwd=at, capture_output=True, text=True, check=False)


def breaking(at: Path = PROTO) -> subprocess.CompletedProcess[str]:
    """Compare a tree with what was given out."""
    return buf("breaking", "--against", str(PROTO / "baseline.binpb"), at=at)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a tree of contracts of our own to spoil."""
    return Path(shutil.copytree(PROTO, tmp_path / "proto"))


def change(folder: Path, context: str, old: str, new: str) -> None:
    """Replace one place of a context's contracts."""
    source = folder / "marketplace_contracts" / context / "v1" / "events.proto"
    text = source.read_text(encoding="utf-8")
    assert text.count(old) == 1
    source.write_text(text.replace(old, new), encoding="utf-8")


def test_the_contracts_are_well_written() -> None:
    found = buf("lint")

    assert (found.returncode, found.stdout) == (0, "")


def test_the_contracts_are_well_formatted() -> None:
    assert buf("format", "--diff").stdout == ""


def test_nothing_that_was_given_out_is_broken() -> None:
    found = breaking()

    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.parametrize(
    ("context", "old", "new", "complaint"),
    [
        (
            "catalog",
            "  string title = 3;\n",
            "",
            'field "3" with name "title" on message "ProductPublished" was deleted',
        ),
        ("catalog", "string title = 3;", "int64 title = 3;", 'changed type from "string" to "int64"'),
        ("catalog", "string title = 3;", "string name = 3;", 'changed name from "title" to "name"'),
        ("identity", "message UserRegistered {", "message UserSignedUp {", 'message "UserRegistered" was deleted'),
        ("orders", "  DELIVERY_PROOF_SELLER = 4;\n", "", 'enum value "4" on enum "DeliveryProof" was deleted'),
    ],
)
def test_a_contract_that_breaks_its_readers_is_refused(
    copy: Path, context: str, old: str, new: str, complaint: str
) -> None:
    change(copy, context, old, new)

    found = breaking(copy)

    assert found.returncode != 0
    assert complaint.lower() in re.sub(r"\s+", " ", found.stdout).lower()


def test_what_is_added_breaks_nobody(copy: Path) -> None:
    change(copy, "catalog", "  string title = 3;\n", "  string title = 3;\n  optional string slug = 4;\n")

    assert breaking(copy).returncode == 0


def test_fields_that_came_later_can_be_told_from_empty_ones(tmp_path: Path) -> None:
    buf("build", "-o", str(tmp_path / "image.binpb"))
    given_out, present = (fields(path) for path in (PROTO / "baseline.binpb", tmp_path / "image.binpb"))

    unmarked = [
        f"{name}.{field.name}: write optional, for it is missing from messages that were sent before"
        for name, described in present.items()
        for field in described.values()
        if name in given_out and field.number not in given_out[name] and not knows_absence(field)
    ]

    assert given_out != {}
    assert unmarked == []


def knows_absence(field: FieldDescriptorProto) -> bool:
    """Tell whether a reader sees that the field was not sent."""
    return (
        field.proto3_optional
        or field.type == FieldDescriptorProto.TYPE_MESSAGE
        or field.label == FieldDescriptorProto.LABEL_REPEATED
    )


def fields(image: Path) -> dict[str, dict[int, FieldDescriptorProto]]:
    """Return the fields of all messages in an image, by number."""
    found: dict[str, DescriptorProto] = {
        f"{file.package}.{message.name}": message
        for file in FileDescriptorSet.FromString(image.read_bytes()).file
        if file.package.startswith("marketplace.")
        for message in file.message_type
    }
    return {name: {field.number: field for field in message.field} for name, message in found.items()}
