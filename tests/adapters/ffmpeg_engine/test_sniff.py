"""What the first bytes say."""

import pytest

from marketplace_adapters.ffmpeg.sniff import Container, SoundFile, sniff

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100")
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"hello, this is a letter",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n",
        b"ffconcat version 1.0\nfile /etc/hostname\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"GIF89a" + b"\0" * 40,
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"%PDF-1.7",
        b"PK\x03\x04" + b"\0" * 40,
        b"MZ" + b"\0" * 40,
        b"G" + b"\0" * 800,
        JPEG,
        HEIC,
    ],
)
def test_what_is_no_video_is_never_shown_to_ffmpeg(head: bytes) -> None:
    assert sniff(head) is None


@pytest.mark.parametrize(
    "head", [b"ID3\x04" + b"\0" * 20, b"RIFF\0\0\0\0WAVEfmt ", b"fLaC\0", b"\xff\xfb\x90\x64", b"\xff\xf1\x50\x80"]
)
def test_sound_files_are_told_from_garbage(head: bytes) -> None:
    assert sniff(head) == SoundFile()


@pytest.mark.parametrize(
    ("head", "container"),
    [
        (b"\0\0\0\x20ftypisom\0\0\x02\0", Container("mp4", "mov")),
        (b"\0\0\0\x14ftypqt  ", Container("mp4", "mov")),
        (b"\0\0\0\x08wide\0\0\0\0mdat", Container("mp4", "mov")),
        (b"\x1a\x45\xdf\xa3\x9f\x42", Container("matroska", "matroska")),
        (b"RIFF\0\0\0\0AVI LIST", Container("avi", "avi")),
        ((b"G" + b"\0" * 187) * 4, Container("mpegts", "mpegts")),
    ],
)
def test_each_container_names_its_one_demuxer(head: bytes, container: Container) -> None:
    assert sniff(head) == container
