"""language.py: language tags, and the scripts that languages are written
in."""
import re
import unicodedata

# BCP 47 (RFC 5646, 2.1), without the grandfathered ones.
TAG = re.compile(r"([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"
                 r"(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
                 r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
                 r"(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$",
                 re.I)
# ISO 639-1.
LANGUAGES = set("""
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co
cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl
gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk
ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps
pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za
zh zu""".split())
# The first word of the Unicode names of a script's letters.
SCRIPTS = {
    "as": "BENGALI", "bn": "BENGALI", "gu": "GUJARATI", "hi": "DEVANAGARI",
    "ja": "HIRAGANA KATAKANA CJK KATAKANA-HIRAGANA HALFWIDTH FULLWIDTH",
    "kn": "KANNADA",
    "ml": "MALAYALAM", "mr": "DEVANAGARI", "ne": "DEVANAGARI",
    "or": "ORIYA", "pa": "GURMUKHI", "ru": "CYRILLIC", "ta": "TAMIL",
    "te": "TELUGU", "ur": "ARABIC", "ar": "ARABIC", "zh": "CJK FULLWIDTH",
    "ko": "HANGUL CJK", "el": "GREEK", "he": "HEBREW",
    "cs": "LATIN", "de": "LATIN", "en": "LATIN", "es": "LATIN",
    "fr": "LATIN", "it": "LATIN", "la": "LATIN", "nl": "LATIN",
    "pl": "LATIN", "pt": "LATIN", "sv": "LATIN",
}


def fault_of(tag):
    """Why this is no language tag, or None."""
    if not TAG.match(tag):
        return "not well-formed"
    first = tag.split("-")[0].lower()
    if len(first) == 2 and first not in LANGUAGES:
        return "no language of ISO 639"
    return None


def scripts_of(text):
    """First words of the names of the letters in it."""
    return {unicodedata.name(c, "?").split(" ")[0] for c in text
            if unicodedata.category(c)[0] == "L"}


def can_be(tag, text):
    """May text be of that language? Names and numbers may be of any."""
    parts = tag.lower().split("-")
    if len(parts) > 1 and parts[1] == "latn":
        wanted = {"LATIN"}
    elif parts[0] in SCRIPTS:
        wanted = set(SCRIPTS[parts[0]].split())
    else:
        return True
    found = scripts_of(text)
    return not found or bool(found & wanted)
