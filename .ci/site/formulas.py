"""Formulas as MathML, which browsers set themselves: no script, nothing to wait for."""

from xml.etree import ElementTree

from latex2mathml.converter import convert

SPACE = "http://www.w3.org/1998/Math/MathML"
OPENING, CLOSING = ("(", "["), (")", "]")
SCRIPTS = ("msub", "msup", "msubsup")
LIMITS = ("lim", "max", "min")
ElementTree.register_namespace("", SPACE)


def mathml(latex, *, display=False):
    """Return a LaTeX formula as a <math> element."""
    latex = latex.strip().replace(r"\arg", r"\operatorname{arg}")
    root = ElementTree.fromstring(convert(latex, display="block" if display else "inline"))
    for element in list(root.iter()):
        if display and _kind(element) == "msub" and element[0].text in LIMITS:
            element.tag = f"{{{SPACE}}}munder"
        _mend(element)
        _close_round(element)
        _separate_names(element)
    return ElementTree.tostring(root, encoding="unicode").replace(f' xmlns="{SPACE}"', "")


def _mend(element):
    """Correct what the converter sets otherwise than LaTeX.

    Bars around a norm are as high as the line, a slash has no space around it, and a prime
    is no exponent: the font has raised it already.
    """
    name, text = _kind(element), element.text
    if name == "mo" and text in ("‖", "|", "∣", "∥") and "form" not in element.attrib:
        spaces = ("lspace", "rspace") if text in ("‖", "|") else ()
        element.attrib.update({"stretchy": "false", **dict.fromkeys(spaces, "0")})
    if name == "mo" and text == "/":
        element.attrib.update(lspace="0", rspace="0")
    if name == "msup" and set(element[1].text or "") <= set("′'") and element[1].text:
        element.tag = f"{{{SPACE}}}mrow"
        element[1].attrib.update(lspace="0", rspace="0")


def _close_round(row):
    """Put what stands between brackets below an exponent with them, so that both are as high."""
    opened = []
    for child in list(row):
        inner = child[0] if _kind(child) in SCRIPTS else child
        if _kind(inner) != "mo":
            continue
        if inner.text in OPENING:
            opened.append(child)
        elif inner.text in CLOSING and opened:
            start = opened.pop()
            if inner is not child:
                children = list(row)
                inside = children[children.index(start) : children.index(child)]
                group = ElementTree.Element(f"{{{SPACE}}}mrow")
                group.extend([*inside, inner])
                for element in inside:
                    row.remove(element)
                child[0] = group


def _kind(element):
    return element.tag.split("}")[1]


def _separate_names(row):
    """Set thin spaces around function names, as LaTeX does: log p, not logp."""
    if _kind(row) not in ("math", "mrow", "mstyle", "mtd"):
        return
    children = list(row)
    for here, after in reversed(list(zip(children, [*children[1:], None], strict=True))):
        before = children[children.index(here) - 1] if here is not children[0] else None
        if not _is_name(here):
            continue
        at = list(row).index(here)
        if after is not None and not _separates(after):
            row.insert(at + 1, _thin())
        if before is not None and not _separates(before):
            row.insert(at, _thin())


def _is_name(element):
    if _kind(element) in SCRIPTS:
        element = element[0]
    return _kind(element) == "mi" and len(element.text or "") > 1 and element.text.isalpha()


def _separates(element):
    return _kind(element) in ("mo", "mspace")


def _thin():
    return ElementTree.Element(f"{{{SPACE}}}mspace", width="0.17em")
