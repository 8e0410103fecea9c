"""Make docs/pictures anew: the Koganei schedule on a screen, a phone, on paper and in Excel.

``python docs/pictures.py [FOLDER]``: FOLDER holds the schedule.csv of a run; without it the plan is solved
first. Wanted are the dev extra, Chromium, and LibreOffice for the workbook.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
PLAN = ROOT / "models" / "koganei" / "r6.yaml"
MOST_BYTES = 150 << 10
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
]
SCREENS = (
    ("report-wide", "report.html", (1600, 1150), ""),
    ("report-phone", "report.html", (390, 844), ".month >> nth=2"),
    ("load-weeks", "report.html", (1200, 900), "#picture-weeks"),
    ("heat", "report.html", (1200, 900), "#picture-heat"),
    ("rhythms", "report.html", (1200, 900), "#picture-rhythms"),
    ("public-wide", "public.html", (1280, 900), ""),
    ("public-phone", "public.html", (390, 844), "#m6"),
    ("staff-phone", "staff.html", (390, 844), "#s5"),
)
"""Picture, page, size of the window, and what is scrolled to."""
PAPERS = (("year-a3", "report.html", 0), ("month-a4", "month.html", 2), ("week-a4", "week.html", 9))
"""Picture, page, and the sheet of its print."""
SHEETS = (
    ("book-year", "schedule.xlsx", "区分事業名"),
    ("book-load", "schedule.xlsx", "負荷"),
    ("published-a3", "published.xlsx", "区分事業名"),
)
FORM = "記入表.xlsx"
NEXT = "published-last-year.xlsx"
NEXT_SHEETS = (("next-printed", NEXT, "区分"),)
FORM_SHEETS = (
    ("form-first", FORM, "記入表"),
    ("form-programmes", FORM, "事業事業内訳"),
    ("form-staff", FORM, "職員職種名前"),
    ("form-sessions", FORM, "回の種類回の種類分"),
)
"""Picture, workbook, and a word in the title of a printed page of it."""


def main() -> None:
    """Draw, look, and write small PNGs."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "out"
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else _solved(Path(name) / "run")
        schedule = given / "schedule.csv"
        _ksolve("report", PLAN, schedule, "-o", out)
        _ksolve("report", PLAN, schedule, "-o", out, "--edition", "public,staff,room,month,week")
        _ksolve("form", PLAN, "-o", out / FORM)
        _ksolve("next", PLAN, schedule, "--year", "令和7年度", "-o", out / "next")
        shutil.copy(out / "next" / NEXT, out / NEXT)
        PICTURES.mkdir(exist_ok=True)
        for picture, image in (*_looks(out), *_sheets(out)):
            _save(image, PICTURES / f"{picture}.png")


def _solved(folder: Path) -> Path:
    _ksolve("solve", PLAN, "-o", folder)
    return folder


def _ksolve(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "ksolve", *map(str, arguments)], check=True, capture_output=True)


def _looks(out: Path) -> Iterator[tuple[str, Image.Image]]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS, timeout=120_000)
        yield from _screens(browser, out)
        yield from _papers(browser, out)
        browser.close()


def _screens(browser: Browser, out: Path) -> Iterator[tuple[str, Image.Image]]:
    for picture, page_name, (width, height), part in SCREENS:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(120_000)
        page.goto((out / page_name).as_uri())
        path = out / f"{picture}.png"
        if part.startswith("#picture"):
            page.locator(part).screenshot(path=path)
        else:
            if part:
                page.locator(part).evaluate("one => one.scrollIntoView()")
            page.screenshot(path=path)
        page.close()
        yield picture, Image.open(path)


def _papers(browser: Browser, out: Path) -> Iterator[tuple[str, Image.Image]]:
    for picture, page_name, number in PAPERS:
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.goto((out / page_name).as_uri())
        paper = out / f"{picture}.pdf"
        page.pdf(path=paper, prefer_css_page_size=True, print_background=True)
        page.close()
        yield picture, _page(paper, number)


def _sheets(out: Path) -> Iterator[tuple[str, Image.Image]]:
    office = shutil.which("soffice")
    if office is None:
        return
    home = f"-env:UserInstallation={(out / 'office').as_uri()}"
    for picture, book, word in (*SHEETS, *FORM_SHEETS, *NEXT_SHEETS):
        paper = (out / book).with_suffix(".pdf")
        if not paper.exists():
            command = [office, "--headless", home, "--convert-to", "pdf", "--outdir", out, out / book]
            subprocess.run(command, check=True, capture_output=True)
        with pypdfium2.PdfDocument(paper) as pdf:
            titles = ["".join(page.get_textpage().get_text_bounded().split())[:40] for page in pdf]
        yield picture, _page(paper, next(n for n, title in enumerate(titles) if word in title))


def _page(paper: Path, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(paper) as pdf:
        image: Image.Image = pdf[number].render(scale=1.4).to_pil()
    return image


def _save(image: Image.Image, path: Path) -> None:
    """Write an image with so few colours, and so small, that it has at most MOST_BYTES."""
    image = image.convert("RGB")
    for width in (1100, 900, 700, 500):
        small = image
        if image.width > width:
            small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
        small.quantize(64, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
