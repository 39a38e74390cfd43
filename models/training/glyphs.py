"""Draws digits, letters, signs and short words from the system's fonts: 64x64 coverage each, for the renderer.

    python glyphs.py OUT        writes OUT.pixels (4096 bytes each) and OUT.labels (digit, or 10 for no digit)

Letters that many people write like a digit (O, l, Z, S, b, g, q, δ, σ, з, ...) are left out.
"""

import argparse
import random
import re
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIDE = 64
NO_DIGIT = 10
LETTERS = "ACEFHKMNPRTUVWXYacdefhkmnprtuvwxy"
GREEK = "αβγεηλμπρφχψωΓΔΞΠΣΦΨΩ"
CYRILLIC = "джийлпфцшщыюяЖДЛПФЦШЩЮЯ"
SIGNS = "&@#%*=+<>~${}^"
KANA = "あいえおかきけさしせたちなにぬねはひふほまむめもやよらをん人木大水火山月田中本"
# Numerals of other scripts, by the name of their Noto fonts. Those that look like 0 to 9 are left out.
NUMERALS = {
    "Arabic": "٢٣٤٧٨۴۶عسصطقكمهجش",
    "Devanagari": "५६८९अकगजतदनम",
    "Bengali": "৩৫৬৮অকগ",
    "Gujarati": "૫૬૮કગજ",
    "Gurmukhi": "੫੬੮ਕਗ",
    "Tamil": "௧௩௪௫௬௭௮௯அகம",
    "Telugu": "౪౫౬౮౯అక",
    "Kannada": "೪೫೬೮೯ಅಕ",
    "Malayalam": "൧൩൪൬൮അക",
    "Thai": "๑๒๓๔๕๗๘๙กขคนพม",
    "Lao": "໒໓໔໕໗໘໙ກ",
    "Khmer": "២៣៤៥៨៩ក",
    "Myanmar": "၈ကခ",
    "Tibetan": "༥༦༧༨༩ཀཁ",
    "Ethiopic": "፩፪፫፬፭፮፯፰፱ሀለመ",
    "Hebrew": "אבגהחטלמנפצקשת",
}
# Handwriting is what people send: those fonts count more often than print.
HANDWRITING = ("because", "comic", "dkg", "breip", "dancing", "ecolier", "femke", "humor", "kaushan", "kiloji", "klee", "kristi", "lobster")


def fonts():
    listed = subprocess.run(["fc-list", ":lang=en", "file"], capture_output=True, text=True, check=True).stdout
    paths = sorted({line.strip().rstrip(":") for line in listed.splitlines()})
    left_out = ("joscelyn", "/noto/")
    return [p for p in paths if p.endswith((".ttf", ".otf")) and not any(name in p.lower() for name in left_out)]


def numeral_fonts():
    """Fonts for numerals of other scripts, and the numerals."""
    listed = subprocess.run(["fc-list", ":", "file"], capture_output=True, text=True, check=True).stdout
    paths = sorted({line.strip().rstrip(":") for line in listed.splitlines()})
    for path in paths:
        for script, numerals in NUMERALS.items():
            if re.search(rf"/Noto(Sans|Serif|Naskh|Kufi|Looped){script}-(Regular|Bold|Light)\.ttf$", path):
                yield path, numerals


def glyph(font_path, text):
    """Coverage of `text` filling most of the square, or None where the font has no such character."""
    font = ImageFont.truetype(font_path, 48)
    box = font.getbbox(text)
    extent = max(box[2] - box[0], box[3] - box[1])
    if extent < 4:
        return None
    font = ImageFont.truetype(font_path, 48 * 50 / extent)
    box = font.getbbox(text)
    image = Image.new("L", (SIDE, SIDE))
    at = ((SIDE - box[2] - box[0]) / 2, (SIDE - box[3] - box[1]) / 2)
    ImageDraw.Draw(image).text(at, text, fill=255, font=font)
    return np.asarray(image)


def words(rng, n):
    letters = LETTERS + "ios"
    return ["".join(rng.choice(letters) for _ in range(rng.randint(2, 6))) for _ in range(n)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    rng = random.Random(1)
    pixels, labels = [], []
    for path in fonts():
        missing = ImageFont.truetype(path, 48).getmask("\U0010fffe").getbbox()
        hand = any(name in path.lower() for name in HANDWRITING)
        signs = list(LETTERS) + (list(SIGNS) if hand else rng.sample(SIGNS, 4)) + words(rng, 24 if hand else 8)
        signs += list(GREEK) * (2 if hand else 1) + rng.sample(CYRILLIC, 8)
        signs += rng.sample(KANA, 30) if "kiloji" in path or "klee" in path.lower() else []
        for text in list("0123456789") * (2 if hand else 1) + signs:
            mask = glyph(path, text)
            if mask is None or (len(text) == 1 and ImageFont.truetype(path, 48).getmask(text).getbbox() == missing):
                continue
            pixels.append(mask)
            labels.append(int(text) if text.isdigit() else NO_DIGIT)
    for path, numerals in numeral_fonts():
        drawn = [glyph(path, text) for text in numerals] * 2
        pixels += [mask for mask in drawn if mask is not None]
        labels += [NO_DIGIT] * sum(mask is not None for mask in drawn)
    out.parent.mkdir(parents=True, exist_ok=True)
    np.stack(pixels).tofile(f"{out}.pixels")
    np.array(labels, np.uint8).tofile(f"{out}.labels")
    print(f"{len(labels)} glyphs, {sum(l != NO_DIGIT for l in labels)} of them digits, from {len(fonts())} fonts")


if __name__ == "__main__":
    main()
