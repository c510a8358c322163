"""The stack's own authority, and the certificate of this machine that it vouches for."""

import subprocess
from pathlib import Path
from typing import Final

from processes import NotUp

CURVE: Final = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
DAYS: Final = ("-days", "365")
AUTHORITY: Final = "[ca]\nbasicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n"
MACHINE: Final = """[machine]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=DNS:localhost,IP:127.0.0.1
authorityKeyIdentifier=keyid
"""


def certificate(folder: Path) -> None:
    """Make both on first use. The authority's key is thrown away: it vouches for nothing else. Raises ``NotUp``."""
    authority, chain, key = folder / "ca.pem", folder / "certificate.pem", folder / "key.pem"
    if authority.exists() and chain.exists() and key.exists():
        return
    its_key, asked, terms = folder / "ca-key.pem", folder / "asked.pem", folder / "openssl.cnf"
    terms.write_text(f"[req]\ndistinguished_name=name\n[name]\n{AUTHORITY}{MACHINE}", encoding="utf-8")
    told = ("-config", terms)
    name = ("-subj", "/CN=The stack on this machine")
    try:
        _openssl(
            "req", "-x509", *CURVE, *DAYS, *told, *name, "-extensions", "ca", "-keyout", its_key, "-out", authority
        )
        _openssl("req", "-new", *CURVE, *told, "-subj", "/CN=localhost", "-keyout", key, "-out", asked)
        signed = ("-CA", authority, "-CAkey", its_key, "-set_serial", "1", "-extfile", terms, "-extensions", "machine")
        _openssl("x509", "-req", "-in", asked, *DAYS, *signed, "-out", chain)
    except (OSError, subprocess.CalledProcessError) as failure:
        raise NotUp(f"No certificate could be made with openssl: {failure}") from failure
    finally:
        for done in (its_key, asked, terms):
            done.unlink(missing_ok=True)
    key.chmod(0o600)


def _openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True, text=True)
