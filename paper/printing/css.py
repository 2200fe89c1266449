"""The style sheet of a printed paper, made from a form profile.

Everything that differs between forms comes from the profile; what stands here is only how the
parts of any official paper lie on the page.
"""

from __future__ import annotations

from functools import lru_cache

from paper.forms import Below, Face, Profile
from paper.printing import fonts

#: Distance of a drawn rule from the letters above it, and its thickness, in points.
RULE_GAP, RULE = 2.5, 0.75

#: Space right of the recipients, room of a brace, hanging of a recipient's second line, in millimetres.
RECIPIENTS_GAP, BRACE, HANGING = 1.0, 3.6, 2.2


@lru_cache(maxsize=32)
def css(profile: Profile, appendices: int = 0) -> str:
    """The whole style sheet; ``appendices`` is the number of appendices, each with pages of its own."""
    return "\n".join((_page(profile, appendices), _text(profile), _head(profile), _end(profile)))


def _face(face: Face) -> str:
    out = f"font-size: {face.size}pt; font-weight: {'bold' if face.bold else 'normal'}; "
    out += f"font-style: {'italic' if face.italic else 'normal'};"
    return out + (" text-decoration: underline;" if face.underline else "")


def _page(p: Profile, appendices: int) -> str:
    number = (
        f"@top-center {{ content: counter(page); font-family: '{fonts.family()}'; {_face(p.page_number)} "
        f"vertical-align: top; padding-top: {p.page_number_from_edge}mm; line-height: normal; }}"
    )
    silent = "@top-center { content: none }"
    margins = f"{p.margin_top}mm {p.margin_right}mm {p.margin_bottom}mm {p.margin_left}mm"
    out = [
        f"@page {{ size: {p.page_width}mm {p.page_height}mm; margin: {margins}; {number} }}",
        f"@page :first {{ {silent} }}",
    ]
    for i in range(appendices):
        out.append(f"@page appendix{i}:nth(1 of appendix{i}) {{ counter-reset: page 1; {silent} }}")
        out.append(f"#appendix-{i} {{ page: appendix{i} }}")
    return "\n".join(out)


def _text(p: Profile) -> str:
    return f"""
html {{ font-family: '{fonts.family()}'; font-variant-ligatures: none; color: #000; }}
body {{ margin: 0; {_face(p.body)} line-height: {p.line}pt; orphans: 2; widows: 2; hyphens: manual;
  overflow-wrap: break-word; }}
p, h1, h2, h3, h4, h5, h6 {{ margin: 0; font-size: inherit; font-weight: inherit; bookmark-level: none; }}
.c {{ margin-top: {p.gap}pt; text-indent: {p.indent}mm; text-align: justify; }}
.heading {{ font-weight: bold; break-after: avoid; }}
.lead {{ break-after: avoid; }}
.stay {{ break-before: avoid; }}
.basis {{ {_face(p.basis)} }}
.note {{ {_face(p.note)} text-align: right; text-indent: 0; break-before: avoid; }}
.footnote {{ {_face(p.footnote)} line-height: 1.2; text-indent: 0; }}
.footnote.first {{ margin-top: 18pt; padding-top: 4pt; }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed;
  margin-top: {p.gap}pt; line-height: 1.2; }}
th, td {{ border: .5pt solid #000; padding: 2pt 4pt; vertical-align: top; text-align: left;
  font-weight: normal; overflow-wrap: break-word; }}
th {{ font-weight: bold; text-align: center; vertical-align: middle; }}
thead {{ display: table-header-group; }}
tr {{ break-inside: avoid; }}
td.from {{ border-top-style: hidden; }}
td.on {{ border-bottom-style: hidden; }}
.fit {{ display: inline-block; text-indent: 0; max-width: 100%; }}
.rule {{ display: block; margin: {RULE_GAP}pt auto 0 auto; border-top: {RULE}pt solid #000; }}
"""


def _head(p: Profile) -> str:
    before = 14 if p.issuer_below is Below.ASTERISK else 16
    right = p.text_width - p.letterhead_left
    title_gap = 2.0 - 0.83 * (p.letterhead_line - 1.15 * p.title.lines[-1][1].size)
    dashes = "padding-top: 0; line-height: 15pt" if p.subject_below is Below.DASHES else ""
    titles = "\n".join(f".title-{i} {{ {_face(face)} }}" for i, (_, face) in enumerate(p.title.lines))
    return f"""
.head {{ display: flex; align-items: flex-start; line-height: {p.letterhead_line}pt; text-align: center; }}
.head > .left {{ flex: none; width: {p.letterhead_left}mm; overflow-wrap: break-word; }}
.head > .right {{ flex: none; width: {right}mm; overflow-wrap: break-word; }}
.title {{ white-space: nowrap; }}
{titles}
.superior {{ {_face(p.superior)} }}
.issuer {{ {_face(p.issuer)} }}
.issuer .rule {{ width: {p.issuer_rule * 100}%; margin-top: {RULE_GAP + 0.7}pt; }}
.title .rule {{ width: {p.title.rule * 100}%; margin-top: {title_gap:.2f}pt; }}
.star {{ {_face(p.number.face)} line-height: 13pt; }}
.second {{ margin-top: {0 if p.issuer_below is Below.ASTERISK else 6}pt; }}
.number {{ {_face(p.number.face)} white-space: pre; }}
.long {{ white-space: pre-wrap; }}
.date {{ {_face(p.date.face)} white-space: pre-wrap; }}
.urgency {{ {_face(p.urgency)} color: {p.urgency_colour}; display: inline-block;
  margin-top: 4pt; border: 1pt solid {p.urgency_colour}; padding: 0 8pt; text-indent: 0;
  box-sizing: border-box; min-height: {p.urgency_height}mm; line-height: {p.urgency_height - 0.7}mm; }}
.about {{ {_face(p.subject_of_letter)} margin-top: 6pt; line-height: 1.2; }}
.kind {{ {_face(p.kind)} text-align: center; margin-top: {before}pt; break-after: avoid; }}
.subject {{ {_face(p.subject)} text-align: center; break-after: avoid; }}
.subject .rule {{ width: {p.subject_rule * 100}%; }}
.dashes {{ text-align: center; break-after: avoid; {dashes} }}
.first {{ margin-top: 9.8pt; }}
.to {{ {_face(p.addressees)} display: flex; margin: 12pt 0 6pt 0; padding-left: 25mm; }}
.to .word {{ flex: none; padding-right: 4pt; white-space: nowrap; }}
"""


def _end(p: Profile) -> str:
    return f"""
.end {{ display: flex; align-items: flex-start; margin-top: 9.7pt;
  break-before: avoid; break-inside: avoid; }}
.end > .to-whom {{ flex: none; width: {p.recipients_width}mm; padding-right: {RECIPIENTS_GAP}mm;
  box-sizing: border-box; }}
.end > .signed {{ flex: 1 1 0; min-width: 0; text-align: center; line-height: 1.2; }}
.to-whom {{ {_face(p.recipients)} line-height: 1.15; }}
.to-whom .word {{ {_face(p.recipients_title)} margin-bottom: 2pt; }}
.r {{ padding-left: {HANGING}mm; text-indent: -{HANGING}mm; overflow-wrap: break-word; }}
.group {{ display: flex; align-items: stretch; }}
.group > .who {{ flex: none; }}
.group > .brace {{ flex: none; width: 7pt; margin: 0 1.5pt 0 1.5pt; padding: 6.9pt 0; box-sizing: border-box;
  background:
  url(paper:brace-top.svg) 0 0 / 7pt 7pt no-repeat,
  url(paper:brace-bottom.svg) 0 100% / 7pt 7pt no-repeat,
  url(paper:brace-middle.svg) 0 50% / 7pt 9pt no-repeat,
  url(paper:brace-line.svg) 0 0 / 7pt 100% no-repeat;
  background-origin: border-box, border-box, border-box, content-box; background-clip: border-box; }}
.group > .why {{ flex: none; align-self: center; max-width: 50%; }}
.authority {{ {_face(p.authority)} }}
.position {{ {_face(p.position)} }}
.space {{ height: {p.signature_space}mm; }}
.signer {{ {_face(p.signer)} }}
.appendix {{ break-before: page; }}
.appendix-label {{ {_face(p.appendix_label)} text-align: center; break-after: avoid; }}
.appendix-title {{ {_face(p.appendix_title)} text-align: center; break-after: avoid; margin-bottom: 6pt; }}
"""
