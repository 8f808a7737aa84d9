#!/usr/bin/env python3
"""Makes the fonts that are compiled in: cuts free fonts down to what slides show.

    make.py DEJAVU_FOLDER NOTO_EMOJI_TTF

Takes `DejaVuSansMono.ttf`, `DejaVuSansMono-Bold.ttf`, `DejaVuSans.ttf` and `DejaVuSans-Bold.ttf` of
DejaVu 2.37, and the static regular face of Noto Emoji. Needs fontTools. Writes beside itself:

    mono.ttf.z, mono-bold.ttf.z   letters and signs, each one column wide
    emoji.ttf.z                   emoji as outlines
    emoji.sequences               emoji of several characters, and the private character of each

The fonts are zlib streams. The shipped decks decide which emoji there are, beside those below; a test
says when one is missing.
"""

import re
import sys
import zlib
from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
SLIDES = HERE.parents[2] / "slides"

# Block elements and braille are drawn, not set, so no font has to hold them.
LETTERS = """
    20-7E A0-17F 192 1E9E 218-21B 2B0-2DD 300-331 370-3FF 400-45F 490-491
    2010-2027 202F-205E 2070-209F 20A0-20BF 2100-218F
    2190-21FF 2200-22FF 2300-23FF 2500-257F 25A0-25FF 2600-27BF 27E8-27EB 27F5-27FF FFFD
"""
# What the monospace font lacks and its proportional sister has, squeezed into a column.
BORROWED = "2139"
# The pictures of control characters, from U+2400 and of DEL, which neither has: small letters.
CONTROLS = """
    NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS
    US SP DEL
""".split()

# Emoji beyond those of the shipped decks: what talks about programs like to show.
MORE_EMOJI = """
    ⌛ ⏰ ⏳ ☕ ⚙ ⚠ ⚡ ⛔ ✅ ✋ ✍ ✨ ❌ ❓ ❗ ❤ ⭐ 🌍 🌱 🌳 🍎 🍕 🎁 🎉 🎤 🎯 🏁 🏃 🏆 🐌 🐘 🐙 🐛 🐞 🐢 🐳 🐹
    👀 👇 👈 👉 👋 👍 👎 👏 👤 👥 💀 💡 💣 💥 💬 💯 💰 💻 💾 📁 📄 📅 📈 📉 📊 📌 📖 📚 📝 📡 📦 📷
    🔁 🔄 🔋 🔌 🔍 🔑 🔒 🔓 🔗 🔥 🔧 🔨 🔬 🕐 😀 😂 😅 😊 😍 😎 😢 😱 😴 🙂 🙈 🙌 🙏 🚀 🚂 🚌 🚗 🚦 🚧
    🚨 🚫 🚲 🛑 🛠 🛡 🟢 🟡 🔴 🔵 🤔 🤖 🤝 🤯 🥇 🥈 🥉 🦀 🦊 🦙 🧠 🧪 🧩 🧰 🪄
"""

# An emoji: one that needs no joiner, or several joined into one picture.
EMOJI = re.compile(
    "[\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?"
    "(?:\u200d[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?)*"
)


def characters(ranges):
    """The characters of ranges written in hexadecimal."""
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def cut(font, **kept):
    """Leaves in a font only what is kept, without the programs that fit glyphs to pixels."""
    options = subset.Options(
        hinting=False, glyph_names=False, notdef_outline=True, layout_features=[], name_IDs=[0, 1, 2, 4, 6, 13]
    )
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "kern", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(**kept)
    cutter.subset(font)


def write(font, name):
    """Writes a font as a zlib stream."""
    plain = HERE / name
    font.save(plain)
    data = plain.read_bytes()
    plain.unlink()
    packed = zlib.compress(data, 9)
    plain.with_suffix(".ttf.z").write_bytes(packed)
    print(f"{name}: {len(font.getGlyphOrder())} glyphs, {len(data)} bytes, {len(packed)} packed")


def borrow(font, sister):
    """Gives a monospace font the glyphs that it lacks, each as wide as a column."""
    column = font["hmtx"][font.getBestCmap()[ord("0")]][0]
    theirs, glyphs = sister.getBestCmap(), sister.getGlyphSet()
    for character in characters(BORROWED):
        if character in font.getBestCmap():
            continue
        glyph = glyphs[theirs[character]]
        squeeze = min(1.0, column / glyph.width)
        shift = (column - glyph.width * squeeze) / 2
        pen = TTGlyphPen(None)
        glyph.draw(TransformPen(pen, (squeeze, 0, 0, 1, shift, 0)))
        add(font, character, pen.glyph(), column)


def spell_controls(font):
    """Gives a font the pictures of control characters: their names, letter by letter downhill."""
    column = font["hmtx"][font.getBestCmap()[ord("0")]][0]
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    for at, name in enumerate(CONTROLS):
        pen = TTGlyphPen(None)
        small = 1.2 / (len(name) + 1)
        for place, letter in enumerate(name):
            x = column * (0.5 + 0.8 * ((place + 0.5) / len(name) - 0.5) - small / 2)
            y = 1100 * (1 - (place + 1) / len(name))
            glyphs[names[ord(letter)]].draw(TransformPen(pen, (small, 0, 0, small, x, y)))
        add(font, 0x2400 + at, pen.glyph(), column)


def add(font, character, glyph, width):
    """Adds a glyph to a font."""
    name = f"added{character:04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[character] = name


def ligature(font, sequence):
    """The glyph into which a font joins these characters."""
    names = [font.getBestCmap().get(ord(character)) for character in sequence]
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for joined in getattr(table, "ligatures", {}).get(names[0], []):
                if joined.Component == names[1:]:
                    return joined.LigGlyph
    return None


def emoji(font):
    """Cuts the emoji font, and gives joined emoji a private character each."""
    decks = "".join(path.read_text() for path in sorted(SLIDES.glob("*.md")))
    wanted = {found.replace("\ufe0f", "") for found in EMOJI.findall(decks + MORE_EMOJI)}
    known = font.getBestCmap()
    sequences = sorted(one for one in wanted if len(one) > 1)
    lines = []
    for at, sequence in enumerate(sequences):
        glyph = ligature(font, sequence)
        if glyph is None:
            sys.exit(f"the emoji font does not join {sequence}")
        private = 0xE000 + at
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[private] = glyph
        lines.append(f"{sequence}\t{private:04X}\n")
    (HERE / "emoji.sequences").write_text("".join(lines))
    single = {ord(part) for one in wanted for part in one if ord(part) in known}
    cut(font, unicodes=[*single, *(0xE000 + at for at in range(len(sequences)))])


def main():
    dejavu, noto = Path(sys.argv[1]), Path(sys.argv[2])
    for face, name in [("", "mono.ttf"), ("-Bold", "mono-bold.ttf")]:
        font = TTFont(dejavu / f"DejaVuSansMono{face}.ttf")
        borrow(font, TTFont(dejavu / f"DejaVuSans{face}.ttf"))
        spell_controls(font)
        cut(font, unicodes=[*characters(LETTERS), *characters(BORROWED), *range(0x2400, 0x2400 + len(CONTROLS))])
        write(font, name)
    font = TTFont(noto)
    emoji(font)
    write(font, "emoji.ttf")


if __name__ == "__main__":
    main()
