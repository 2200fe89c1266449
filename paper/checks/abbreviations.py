"""Abbreviations that nobody explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material, Passage
from paper.checks.registry import checks
from paper.labels import from_roman

#: Those that every office writes without explaining (Phụ lục III of NĐ 30/2020 and usage of 2023 papers).
COMMON = frozenset(
    re.findall(
        r"\w+",
        "AIDS AN ANCT ANTT ASEAN ATGT ATTP BC BCH BCHQS BCĐ BHTN BHXH BHYT BTC BTV BTVTU BV BVTV BĐKH "
        "CBCC CBCCVC CCB CCHC CCN CHQS CNH CNSH CNTT CNXH COVID CP CSGT CSXH CT CTr CĐS DDCI DN DSKHHGĐ "
        "DTTS DVC DVCTT EU FDI GCN GCNQSDĐ GD GDP GDĐT GPLX GPMB GRDP GTVT HIV HTKT HTQT HTX HU HĐH HĐND "
        "KCB KCN KD KH KHKT KKT KL KN KNTC KT KTHT KTTT KTXH LHPN LĐLĐ LĐTBXH MN MTQG MTTQ MTTQVN MTV ND "
        "NHCSXH NHNN NLTS NQ NSNN NTM NV NĐ OCOP ODA PAPI PAR PCCC PCI PCLB PCT PCTN PCTNTC PCTT PTNT "
        "QLDA QLNN QLTT QP QPAN QSDĐ QTDND QĐ SDĐ SIPAS SKSS SX SXKD TAND TB TBXH TC TCCS TCD TCKH TDTT "
        "TH THCS THCSXH THPT TKCN TKTN TN TNCS TNCSHCM TNHH TNMT TNTC TNXP TP TSC TT TTATXH TTCN TTDVNN "
        "TTHC TTXD TTYT TTr TU TW TYT UB UBHC UBKT UBMTTQ UBMTTQVN UBND UNESCO USD UVBCH UVBTV VBHN "
        "VBQPPL VH VKSND VNeID VNĐ VP VPHC VPHU VPĐU VSATTP VSMT WTO XDCB XDNTM XDĐ XH XHCN ĐBKK ĐBQH "
        "ĐBSCL ĐT ĐTXD ĐU",
    )
)
_SHORT = re.compile(r"(?<![\w/.-])[A-ZĐƯ]{2,10}(?![\w/]|-[A-ZĐƯ\d])")
_EXPLAINS = re.compile(
    r"\(\s?(?:sau đây |dưới đây )?(?:gọi tắt|viết tắt|gọi chung)?\s?(?:là\s)?[:“\"]?\s?"
    r"(?P<a>[A-ZĐƯ]{2,10})[”\"]?\s?\)",
    re.I,
)


@checks("abbreviation.unexplained", N_("Chữ viết tắt đã được giải thích"), Severity.HINT)
def unexplained(m: Material) -> Iterator[Finding]:
    """Abbreviations that are neither common nor explained before "(… viết tắt là …)": one finding for the
    paper, at the first."""
    known = set(COMMON)
    found: list[tuple[Passage, re.Match[str]]] = []
    for passage in m.words:
        if passage.text.isupper():
            continue
        known |= {match["a"] for match in _EXPLAINS.finditer(passage.text) if match["a"].isupper()}
        for match in _SHORT.finditer(passage.text):
            if match[0] not in known and not from_roman(match[0]) and not _shouted(passage.text, match):
                known.add(match[0])
                found.append((passage, match))
    if found:
        passage, match = found[0]
        said = ", ".join(each[0] for _passage, each in found)
        yield passage.finding(N_("Chữ viết tắt chưa được giải thích: %(said)s."), *match.span(), said=said)


def _shouted(text: str, match: re.Match[str]) -> bool:
    """One of several words in capitals ("ĐẢNG CỘNG SẢN"): a title, no abbreviation."""
    around = text[max(0, match.start() - 12) : match.start()].split()[-1:] + text[match.end() :].split()[:1]
    return any(len(word) > 1 and word.isupper() and word.isalpha() for word in around)
