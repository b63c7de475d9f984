"""Draws the demo store's covers into assets/demo/covers: one small abstract picture per album.

Needs Debian's python3-pil. Run: python3 scripts/demo-assets/make-covers.py
Each is drawn at twice its largest size and scaled down; see assets/demo/README.md.
"""

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageOps

SIDE = 1800
FOLDER = Path(__file__).resolve().parents[2] / "assets" / "demo" / "covers"
# Not every album of the service has a master-size cover, so neither have these.
WITHOUT_MAX = {"tape-hiss-summer", "half-of-forever", "tomorrows-almanac", "field-notes",
               "paper-lanterns", "loud-neighbours", "the-long-table"}


def rgb(text):
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def mix(a, b, share):
    a, b = rgb(a) if isinstance(a, str) else a, rgb(b) if isinstance(b, str) else b
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b))


def gradient(*stops):
    """A picture that runs from the first colour at the top to the last at the bottom."""
    image = Image.new("RGB", (1, SIDE))
    for y in range(SIDE):
        place = y / (SIDE - 1) * (len(stops) - 1)
        index = min(int(place), len(stops) - 2)
        image.putpixel((0, y), mix(stops[index], stops[index + 1], place - index))
    return image.resize((SIDE, SIDE))


def glow(image, centre, radius, colour, strength=255):
    """Adds a soft light."""
    mask = Image.radial_gradient("L").resize((2 * radius, 2 * radius))
    # Pillow's gradient is 181 where the inscribed circle ends: nothing of the square's corners may show.
    mask = mask.point(lambda v: int(max(0, 1 - v / 178) ** 2 * strength))
    light = Image.new("RGB", mask.size, rgb(colour))
    image.paste(light, (centre[0] - radius, centre[1] - radius), mask)


def shape(image, draw_shape, colour, alpha=255, blur=0):
    """Draws a shape through a mask, so that colours can be translucent and edges soft."""
    mask = Image.new("L", (SIDE, SIDE), 0)
    draw_shape(ImageDraw.Draw(mask), alpha)
    if blur:
        mask = mask.filter(ImageFilter.GaussianBlur(blur))
    fill = colour if isinstance(colour, Image.Image) else Image.new("RGB", (SIDE, SIDE), rgb(colour))
    image.paste(fill, (0, 0), mask)


def disc(image, x, y, r, colour, alpha=255, blur=0):
    shape(image, lambda d, a: d.ellipse((x - r, y - r, x + r, y + r), fill=a), colour, alpha, blur)


def ring(draw, x, y, r, width, colour):
    draw.ellipse((x - r, y - r, x + r, y + r), outline=rgb(colour), width=width)


def slow_weather(_):
    image = gradient("#f3d9c4", "#e9b9a0", "#c98f8a")
    disc(image, 1180, 560, 250, "#fff3df", 240)
    layers = ["#b98f97", "#94808f", "#6d6c85", "#4a5876", "#2c4260", "#182c47"]
    for index, colour in enumerate(layers):
        base = 760 + index * 175
        points = [(0, SIDE)]
        for x in range(0, SIDE + 20, 20):
            wave = math.sin(x / (330 + 40 * index) + index * 1.9) * (95 - 8 * index)
            wave += math.sin(x / (140 + 25 * index) + index * 4.1) * 26
            points.append((x, base + wave))
        points.append((SIDE, SIDE))
        shape(image, lambda d, a: d.polygon(points, fill=a), colour, 242)
    return image


def long_table(_):
    image = gradient("#eadfcb", "#e2d2b6")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((190, 330, SIDE - 190, SIDE - 330), 60, fill=rgb("#a2553a"))
    draw.rectangle((190, 830, SIDE - 190, 970), fill=rgb("#c77b4f"))
    plates = ["#f6efe2", "#2f4a4a", "#e6b566", "#f6efe2", "#d9e0d2", "#e6b566"]
    for index in range(6):
        for row, y in enumerate((570, 1230)):
            x = 375 + index * 210
            outer = plates[(index + row * 2) % len(plates)]
            draw.ellipse((x - 88, y - 88, x + 88, y + 88), fill=rgb(outer))
            inner = mix(outer, "#5a2d1e", 0.18)
            draw.ellipse((x - 54, y - 54, x + 54, y + 54), outline=inner, width=7)
    for x, colour in ((480, "#2f4a4a"), (740, "#e6b566"), (1000, "#f6efe2"), (1300, "#2f4a4a")):
        draw.ellipse((x - 42, 858, x + 42, 942), fill=rgb(colour))
    for index in range(6):
        for y in (170, 1630):
            x = 375 + index * 210
            draw.rounded_rectangle((x - 62, y - 62, x + 62, y + 62), 30, fill=rgb("#2f4a4a"))
    return image


def night_bus(rand):
    image = gradient("#0b1026", "#1b1b46", "#3a1f54")
    for _ in range(26):
        colour = rand.choice(["#ff5d8f", "#ffb648", "#59d2fe", "#8f6bff"])
        r = rand.randint(40, 150)
        disc(image, rand.randint(0, SIDE), rand.randint(0, 820), r, colour, rand.randint(40, 110), 6)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((-200, 700, 1560, 1560), 120, fill=rgb("#d7263d"))
    draw.rectangle((-200, 1090, 1560, 1150), fill=rgb("#f4e9d8"))
    for y in (800, 1210):
        for index in range(5):
            x = 40 + index * 300
            lit = ["#ffe8a3", "#ffd56b", "#2a2550", "#ffe8a3", "#ffc94d"][(index + y) % 5]
            draw.rounded_rectangle((x, y, x + 240, y + 220), 40, fill=rgb(lit))
    for x in (330, 1180):
        draw.ellipse((x - 150, 1420, x + 150, 1720), fill=rgb("#0b1026"))
        draw.ellipse((x - 60, 1510, x + 60, 1630), fill=rgb("#f4e9d8"))
    glow(image, (1600, 1440), 420, "#fff0b8", 210)
    return image


def venn_serenade(_):
    image = gradient("#f5efe3", "#ece2cf")
    draw = ImageDraw.Draw(image)
    for index in range(4):
        y = 780 + index * 80
        draw.line((0, y, SIDE, y), fill=rgb("#b8a98c"), width=5)
    disc(image, 690, 720, 430, "#c44536", 205)
    disc(image, 1110, 720, 430, "#e8a33d", 195)
    disc(image, 900, 1090, 430, "#1f5673", 195)
    draw = ImageDraw.Draw(image)
    for index in range(4):
        y = 780 + index * 80
        draw.line((470, y, 1330, y), fill=rgb("#f5efe3"), width=5)
    return image


def copper_and_glass(rand):
    image = Image.new("RGB", (SIDE, SIDE), rgb("#12302f"))
    draw = ImageDraw.Draw(image)
    step = 225
    coppers = ["#d98a5b", "#b5633a", "#8c4528", "#f0b88a"]
    glasses = ["#1d5c5a", "#2f8f86", "#79c7bb", "#d6efe6", "#153f45"]
    for row in range(8):
        for column in range(8):
            x, y = column * step, row * step
            warm = 1 - min(1, math.hypot(column - 5.5, row - 2) / 6.2)
            corners = [(x, y), (x + step, y), (x + step, y + step), (x, y + step)]
            turn = rand.randint(0, 3)
            first = [corners[(turn + i) % 4] for i in range(3)]
            second = [corners[(turn + i) % 4] for i in (2, 3, 0)]
            for triangle in (first, second):
                palette = coppers if rand.random() < warm else glasses
                colour = rgb(rand.choice(palette))
                draw.polygon(triangle, fill=colour, outline=colour)
    return image


def lanterns(sky, bodies, places):
    image = gradient(*sky)
    for x, y, size, tone in places:
        glow(image, (x, y), int(size * 2.4), bodies[tone][0], 120)
    draw = ImageDraw.Draw(image)
    for x, y, size, _ in places:
        draw.line((x, 0, x, y - size), fill=mix(sky[0], "#000000", 0.35), width=6)
    for x, y, size, tone in places:
        light, dark = bodies[tone]
        body = gradient(dark, light, dark).resize((2 * size, int(2.1 * size)))
        mask = Image.new("L", body.size, 0)
        ImageDraw.Draw(mask).ellipse((0, 0, *body.size), fill=255)
        image.paste(body, (x - size, int(y - 1.05 * size)), mask)
        draw = ImageDraw.Draw(image)
        for share in (0.35, 0.72):
            half = size * share
            draw.ellipse((x - half, y - 1.05 * size, x + half, y + 1.05 * size),
                         outline=mix(light, dark, 0.55), width=5)
        cap = size * 0.36
        for edge in (y - 1.08 * size, y + 0.98 * size):
            draw.rounded_rectangle((x - cap, edge, x + cap, edge + size * 0.1), 8,
                                   fill=mix(dark, "#000000", 0.35))
    return image


def paper_lanterns(_):
    return lanterns(("#f7b267", "#f4845f", "#8d3b62"),
                    [("#fff1c1", "#f25c54"), ("#fff7e0", "#f7a14b")],
                    [(560, 760, 300, 0), (1240, 1120, 340, 1)])


def paper_lanterns_anniversary(_):
    return lanterns(("#101a3c", "#24306b", "#5a4a8a"),
                    [("#fff1c1", "#f25c54"), ("#fff7e0", "#e99a3c"), ("#eaf6ff", "#4c8fd6")],
                    [(420, 560, 210, 0), (960, 430, 150, 2), (1400, 760, 240, 1),
                     (760, 1180, 280, 1), (1300, 1400, 180, 0), (260, 1330, 140, 2)])


def cathedral(_):
    image = gradient("#1c1233", "#2a1a4a")
    colours = ["#3a2266", "#54308a", "#7b3fa0", "#b4519e", "#e0738a", "#f5a97f", "#fbd9a0", "#fff6df"]
    for index, colour in enumerate(colours):
        half = 780 - index * 96
        top = 120 + index * 150
        base = SIDE
        left, right = 900 - half, 900 + half
        spring = top + half * 1.15

        def arch(draw, alpha):
            points = [(left, base), (left, spring)]
            for step in range(41):
                angle = math.pi - step / 40 * math.pi / 3
                points.append((right + 2 * half * math.cos(angle), spring - 1.33 * half * math.sin(angle)))
            for step in range(41):
                angle = math.pi / 3 - step / 40 * math.pi / 3
                points.append((left + 2 * half * math.cos(angle), spring - 1.33 * half * math.sin(angle)))
            points.append((right, base))
            draw.polygon(points, fill=alpha)

        shape(image, arch, colour)
    return image


def tape_hiss_summer(_):
    image = gradient("#fdf0d5", "#fbe3b8")
    for index, colour in enumerate(["#003049", "#2a7f8e", "#f2c14e", "#f78154", "#c8413b"]):
        disc(image, 900, 1250, 820 - index * 135, colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 1250, SIDE, SIDE), fill=rgb("#fbe3b8"))
    for index, colour in enumerate(["#003049", "#2a7f8e", "#f2c14e", "#f78154", "#c8413b"]):
        draw.rectangle((0, 1250 + index * 76, SIDE, 1250 + index * 76 + 48), fill=rgb(colour))
    disc(image, 900, 1250, 130, "#fdf0d5")
    draw = ImageDraw.Draw(image)
    draw.rectangle((770, 1298, 1030, 1326), fill=rgb("#fbe3b8"))
    return image


def one_take(_):
    image = gradient("#17181c", "#0e0f12")
    # One stroke of a broad brush, thick where it lands and dry where it leaves.
    draw = ImageDraw.Draw(image)
    for step in range(1800):
        share = step / 1799
        angle = -2.2 + share * 5.75
        reach = 560 - 26 * share + 9 * math.sin(5 * angle)
        x, y = 900 + reach * math.cos(angle), 880 + reach * math.sin(angle)
        r = 92 * (1 - share) ** 0.45 * (0.9 + 0.1 * math.sin(7 * share)) + 5
        draw.ellipse((x - r, y - r, x + r, y + r), fill=rgb("#ece6da"))
    disc(image, 1500, 1520, 70, "#e0402f")
    return image


def half_of_forever(_):
    image = gradient("#f6f930", "#f2e205")
    draw = ImageDraw.Draw(image)
    for index in range(7):
        r = 410 - index * 53
        colour = "#3d1f8f" if index % 2 == 0 else "#f4ee12"
        draw.ellipse((490 - r, 900 - r, 490 + r, 900 + r), fill=rgb(colour))
    for index in range(7):
        r = 410 - index * 53
        draw.arc((1310 - r, 900 - r, 1310 + r, 900 + r), 180, 360,
                 fill=rgb("#3d1f8f"), width=28)
    draw.rectangle((0, 1400, SIDE, SIDE), fill=rgb("#3d1f8f"))
    for x in range(0, SIDE, 120):
        draw.rectangle((x, 1400, x + 60, 1400 + 60 + (x * 7) % 300), fill=rgb("#f4ee12"))
    return image


def loud_neighbours(rand):
    image = Image.new("RGB", (SIDE, SIDE), rgb("#15131a"))
    draw = ImageDraw.Draw(image)
    for column in range(6):
        for row in range(6):
            x, y = 120 + column * 270, 120 + row * 270
            loud = column in (2, 3) and row in (2, 3)
            if loud:
                continue
            lit = rand.random() < 0.4 and (column in (0, 5) or row in (0, 5))
            draw.rectangle((x, y, x + 210, y + 210), fill=rgb("#ffd23f" if lit else "#2a2633"))
            draw.line((x + 105, y, x + 105, y + 210), fill=rgb("#15131a"), width=10)
    draw.rectangle((630, 630, 1170, 1170), fill=rgb("#ff2e63"))
    for index, height in enumerate([140, 330, 450, 250, 400, 190]):
        x = 680 + index * 76
        draw.rounded_rectangle((x, 900 - height / 2, x + 50, 900 + height / 2), 25, fill=rgb("#fff4f6"))
    for index in range(3):
        inset = 70 * (index + 1)
        draw.rectangle((630 - inset, 630 - inset, 1170 + inset, 1170 + inset),
                       outline=rgb("#ff2e63"), width=16 - index * 4)
    return image


def tomorrows_almanac(rand):
    image = gradient("#0f2027", "#203a43", "#2c5364")
    draw = ImageDraw.Draw(image)
    for _ in range(90):
        x, y, r = rand.randint(0, SIDE), rand.randint(0, SIDE), rand.choice([3, 4, 6])
        draw.ellipse((x - r, y - r, x + r, y + r), fill=rgb("#9fc3cf"))
    ring(draw, 900, 900, 600, 5, "#6f97a6")
    ring(draw, 900, 900, 800, 3, "#48707f")
    for index in range(8):
        angle = index / 8 * 2 * math.pi - math.pi / 2
        x, y, r = 900 + 600 * math.cos(angle), 900 + 600 * math.sin(angle), 118
        moon = Image.new("L", (SIDE, SIDE), 0)
        pen = ImageDraw.Draw(moon)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
        if index != 4:
            shift = (1 - abs(index - 4) / 4) * 2.1 * r * (1 if index < 4 else -1)
            pen.ellipse((x - r - shift, y - r, x + r - shift, y + r), fill=26)
            outside = Image.new("L", (SIDE, SIDE), 0)
            ImageDraw.Draw(outside).ellipse((x - r, y - r, x + r, y + r), fill=255)
            moon = Image.composite(moon, Image.new("L", (SIDE, SIDE), 0), outside)
        image.paste(Image.new("RGB", (SIDE, SIDE), rgb("#f3e9c6")), (0, 0), moon)
    glow(image, (900, 900), 420, "#ffd98a", 150)
    disc(image, 900, 900, 190, "#ffd98a")
    return image


def field_notes(rand):
    image = Image.new("RGB", (SIDE, SIDE), rgb("#f2eee0"))
    draw = ImageDraw.Draw(image)
    greens = ["#2d4f3c", "#4f7b58", "#8fb078", "#c9d8a6", "#e0a458", "#20342b"]
    step = 300
    for row in range(6):
        for column in range(6):
            x, y = column * step, row * step
            colour, kind, turn = rgb(rand.choice(greens)), rand.random(), rand.randint(0, 1)
            if kind < 0.62:
                # A leaf: two quarter circles that meet in opposite corners.
                leaf = Image.new("L", (step, step), 0)
                other = Image.new("L", (step, step), 0)
                ImageDraw.Draw(leaf).ellipse((0, 0, 2 * step, 2 * step), fill=255)
                ImageDraw.Draw(other).ellipse((-step, -step, step, step), fill=255)
                mask = Image.composite(leaf, Image.new("L", (step, step), 0), other)
                if turn:
                    mask = ImageOps.mirror(mask)
                image.paste(Image.new("RGB", (step, step), colour), (x, y), mask)
                ends = ((x + 40, y + 40), (x + step - 40, y + step - 40)) if not turn else (
                    (x + step - 40, y + 40), (x + 40, y + step - 40))
                draw.line(ends, fill=rgb("#f2eee0"), width=7)
            elif kind < 0.8:
                draw.ellipse((x + 75, y + 75, x + 225, y + 225), fill=colour)
            else:
                draw.pieslice((x, y, x + 2 * step, y + 2 * step), 180, 270, fill=colour)
    return image


COVERS = {
    "slow-weather": slow_weather,
    "the-long-table": long_table,
    "night-bus": night_bus,
    "venn-serenade": venn_serenade,
    "copper-and-glass": copper_and_glass,
    "paper-lanterns": paper_lanterns,
    "paper-lanterns-anniversary": paper_lanterns_anniversary,
    "cathedral-of-small-things": cathedral,
    "tape-hiss-summer": tape_hiss_summer,
    "one-take": one_take,
    "half-of-forever": half_of_forever,
    "loud-neighbours": loud_neighbours,
    "tomorrows-almanac": tomorrows_almanac,
    "field-notes": field_notes,
}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for stem, paint in COVERS.items():
        picture = paint(random.Random(stem))
        for name, side in (("50", 50), ("230", 230), ("600", 600), ("max", 900)):
            if name == "max" and stem in WITHOUT_MAX:
                continue
            scaled = picture.resize((side, side), Image.LANCZOS)
            scaled.save(FOLDER / f"{stem}_{name}.jpg", quality=80, optimize=True, progressive=True)


main()
