"""Words as they are looked up: by their letters alone, without case and accents."""

import unicodedata


def folded(text):
    """Return a text in lower case, without accents, with raised letters as plain ones."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).lower()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
