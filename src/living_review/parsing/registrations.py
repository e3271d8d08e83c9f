"""Trial and review registration numbers, as they are printed in text."""

import re
from collections.abc import Iterable

# The registers of the WHO's network, and PROSPERO. A European number is bare digits, so its
# register must be named.
NUMBERS = re.compile(
    r"""\b(?=[A-Zj])(?i:
      NCT[\s:-]?\d{8}
    | ISRCTN[\s:-]?\d{8}
    | ACTRN[\s:-]?\d{14}
    | CRD\s?42\d{6,11}
    | ChiCTR(?:-[A-Z]+)?-?\d{8,10}
    | (?:JPRN-)?UMIN\s?\d{9}
    | (?:JPRN-)?JapicCTI-\d{6}
    | jRCTs?\d{9,10}
    | DRKS\s?\d{8}
    | CTRI/\d{4}/\d{2,3}/\d{6}
    | IRCT\s?\d{8,}N\d+
    | KCT\d{7}
    | PACTR\d{15,16}
    | TCTR\d{11}
    | RBR-[0-9a-z]{6}
    | RPCEC\d{8}
    | SLCTR/\d{4}/\d{3}
    | NTR\d{3,4}
    | (?:EudraCT|EU-?CTR|EU\s+Clinical\s+Trials\s+Register)\W{0,3}
      (?:(?:number|no|nr|registration|code|identifier)\W{1,3}){0,2}(?P<european>\d{4}-\d{6}-\d{2})
    )\b""",
    re.VERBOSE,
)
# Nine abstracts in ten name no register; looking for these first makes reading a third faster.
SIGNS = ("CT", "udract", "TRN", "CRD", "UMIN", "DRKS", "RBR-", "RPCEC", "NTR", "Trials Register")
LOOSE = re.compile(r"[\s:]|^JPRN-|(?<=^NCT)-|(?<=^ISRCTN)-|(?<=^ACTRN)-")


def find_registrations(texts: Iterable[str]) -> tuple[str, ...]:
    """Every registration number in the texts, in capitals without spaces, sorted, each once."""
    text, found = "\n".join(texts), set()
    if not any(sign in text for sign in SIGNS):
        return ()
    for match in NUMBERS.finditer(text):
        european = match["european"]
        found.add(f"EUCTR{european}" if european else LOOSE.sub("", match[0]).upper())
    return tuple(sorted(found))
