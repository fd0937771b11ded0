"""What a text with formulas says, once to be read in a line, once as words to be found."""

import html
import re
import unicodedata
from xml.etree import ElementTree

from folded import folded

RAISED = dict(zip("0123456789+-−=()nikTmjd⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵏᵀᵐʲᵈᵀ", strict=True))
LOWERED = dict(zip("0123456789+-−=()ijkmn", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ᵢⱼₖₘₙ", strict=True))
ACCENTS = {"¯": ("\u0304", "bar"), "^": ("\u0302", "hat"), "~": ("\u0303", "tilde")}
ACCENTS |= {"\u0302": ACCENTS["^"], "ˆ": ACCENTS["^"], "‾": ACCENTS["¯"], "―": ACCENTS["¯"]}
SIGNS = {  # what learners call a sign, where it is not its own name
    "∑": "sum", "∇": "nabla gradient", "∂": "partial derivative", "√": "root", "∫": "integral",
    "‖": "norm", "∥": "norm", "∞": "infinity", "×": "cross", "⊤": "transpose",
}  # fmt: skip
WORD = r"[^\W_]+"
BRITISH = {r"is(?=(e|es|ed|er|ers|ing|ation|ations)$)": "iz", r"our(?=s?$|hood)": "or"}


def line(page):
    """Return a piece of HTML as one line of text, formulas in Unicode's signs."""
    return " ".join(_replace_formulas(page, _line_of).split())


def words(page):
    """Return the words of a piece of HTML by which it may be found, formulas by their names."""
    text = _replace_formulas(page, lambda formula: f" {' '.join(_names(formula))} ")
    return [word for written in text.split() for word in spellings(written)]


def spellings(written):
    """Return the words in what stands between two spaces, however one spells them."""
    plain = re.sub(r"['’]s\b", "", folded(written))
    found = re.findall(WORD, plain)
    if 1 < len(found) < 4 and re.search(r"\w[-–]\w", plain):
        found.append("".join(found))  # pvalue
    return [_american(word) for word in found]


def _american(word):
    for british, american in BRITISH.items():
        word = re.sub(rf"(?<=\w\w\w){british}", american, word)
    return word


def _replace_formulas(page, say):
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    pieces = re.split(r"(<math\b.*?</math>)", page, flags=re.S)
    return "".join(
        say(ElementTree.fromstring(piece))
        if piece.startswith("<math")
        else html.unescape(re.sub(r"<[^>]+>", lambda tag: " " * _parts(tag[0]), piece))
        for piece in pieces
    )


def _parts(tag):
    """Whether words on either side of a tag stand apart."""
    return not re.match(r"</?(a|b|strong|em|i|code|span)\b", tag)


def _line_of(element):
    kind, parts = element.tag, [_line_of(child) for child in element]
    if parts and parts[0] == " − ":
        parts[0] = "−"
    if kind == "mfrac":
        return "/".join(f"({part})" if re.search(r"[ +−·-]", part) else part for part in parts)
    if kind == "msqrt":
        return f"√({''.join(parts)})"
    if kind in ("mover", "munder") and parts[1] in ACCENTS:
        return unicodedata.normalize("NFC", parts[0] + ACCENTS[parts[1]][0])
    if kind in ("msub", "munder"):
        return parts[0] + _script(parts[1], LOWERED, "_")
    if kind in ("msup", "mover"):
        return parts[0] + _script(parts[1], RAISED, "^")
    if kind in ("msubsup", "munderover"):
        return parts[0] + _script(parts[1], LOWERED, "_") + _script(parts[2], RAISED, "^")
    if kind == "mtr":
        return f"{', '.join(parts)}; "
    if kind == "mspace":
        return " "
    text = unicodedata.normalize("NFC", (element.text or "").strip())
    if kind == "mo" and text in set("=≤≥≈≠<>→←+−∈") and text:
        return f" {text} "
    return text + "".join(parts)


def _script(part, signs, mark):
    part = part.replace(" ", "")
    if part and all(sign in signs for sign in part) and not (part.isalpha() and len(part) > 1):
        return "".join(signs[sign] for sign in part)
    return mark + (part if len(part) == 1 or part.isalpha() else f"({part})")


def _names(element):
    """Return how the signs of a formula are called: x̄ is "x bar", Aᵀ is "a transpose"."""
    kind, children = element.tag, list(element)
    if kind in ("mover", "munder") and _line_of(children[1]) in ACCENTS:
        below = _names(children[0])
        accent = ACCENTS[_line_of(children[1])][1]
        return [*below, accent, *(f"{name}{accent}" for name in below[-1:])]
    if kind == "msup":
        below, above = _names(children[0]), _line_of(children[1]).replace("−", "-")
        named = {"⊤": "transpose", "-1": "inverse", "+": "pseudoinverse"}.get(above)
        if named:
            return [*below, named, *(f"{name}{named}" for name in below[-1:])]
    named = [name for child in children for name in _names(child)]
    return _sign_names((element.text or "").strip()) + named


def _sign_names(text):
    if text in SIGNS:
        return SIGNS[text].split()
    if len(text) == 1 and (
        called := re.search(r"GREEK .*LETTER (\w+)", unicodedata.name(text, ""))
    ):
        return [called[1].lower().replace("lamda", "lambda")]
    return re.findall(WORD, folded(text))
