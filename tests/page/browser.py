#!/usr/bin/python3
"""Looks at a run's page in headless Chromium, as people with a mouse, a keyboard, a screen reader or a small window would.

browser.py FOLDER: prints `ok - …` or `not ok - …` for each check of FOLDER/index.html; then plants faults in copies of the
page, one by one, and demands that the check which is there for it sees it. Needs chromium, chromedriver and selenium.
"""
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

DRIVER = shutil.which("chromedriver")


def start():
    options = Options()
    for argument in "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage":
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service(DRIVER), options=options)


class Page:
    def __init__(self, browser, file):
        self.browser, self.address, self.folder = browser, Path(file).as_uri(), Path(file).parent.as_uri() + "/"
        self.look(1280, "light")
        browser.get_log("browser")
        browser.get(self.address)

    def look(self, width, scheme, media=""):
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.tell("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}])

    def tell(self, command, **values):
        return self.browser.execute_cdp_cmd(command, values)

    def ask(self, script, *values):
        return self.browser.execute_script(script, *values)

    def wait_for(self, script):
        end = time.monotonic() + 10
        while not self.ask(script) and time.monotonic() < end:
            time.sleep(0.02)

    def shown(self):
        return self.ask("return document.getElementById('shown').textContent")

    def column(self, name):
        """What the visible rows of the table of all cells have there."""
        return self.ask("""
            const table = document.getElementById('all'), heads = [...table.tHead.rows[0].cells];
            const at = heads.findIndex((head) => head.textContent.trim() === arguments[0]);
            const shown = [...table.tBodies[0].rows].filter((row) => !row.hidden);
            return shown.map((row) => row.cells[at].textContent.trim())""", name)

    def header(self, name):
        return next(b for b in self.browser.find_elements(By.CSS_SELECTOR, "#all thead button") if b.text.strip() == name)


# ---- Checks: each yields what is wrong --------------------------------------------------------------------------------

def console(page):
    """The console has no error."""
    for entry in page.browser.get_log("browser"):
        if entry["level"] in ("SEVERE", "WARNING"):
            yield entry["message"]


def pictures(page):
    """Every picture loads, those in folds, too."""
    page.ask("""document.querySelectorAll('details').forEach((fold) => fold.open = true);
                document.querySelectorAll('img').forEach((image) => image.loading = 'eager')""")
    page.wait_for("return [...document.images].every((image) => image.complete)")
    for source in page.ask("return [...document.images].filter((image) => !image.naturalWidth).map((image) => image.src)"):
        yield source
    if not page.ask("return document.images.length"):
        yield "there are none"


def injection(page):
    """No text of the files became markup, a script or an address."""
    if page.ask("return window.hacked"):
        yield "a script of the data was run"
    for what, most in ("script", 1), ("style", 1), ("i, u, iframe, object, form form, [onerror], [onclick]", 0):
        found = page.ask("return document.querySelectorAll(arguments[0]).length", what)
        if found > most:
            yield f"{found} of {what}"
    for address in page.ask("return [...document.querySelectorAll('a, img')].map((one) => one.href || one.src)"):
        if not address.startswith(page.folder):
            yield f"leads elsewhere: {address}"


def links(page):
    """Every link leads to a file of the folder, or to a place of the page."""
    for address in page.ask("return [...document.querySelectorAll('a, img')].map((one) => one.href || one.src)"):
        parts = urlsplit(address)
        if not os.path.exists(unquote(parts.path)):
            yield address
        elif parts.fragment and not page.ask("return document.getElementById(arguments[0])", parts.fragment):
            yield address


def names(page):
    """What can be read or used has a name in the accessibility tree."""
    named = {"link", "button", "image", "img", "textbox", "searchbox", "combobox", "table", "region", "navigation", "search",
             "heading", "columnheader"}
    for node in page.tell("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        if role in named and not node.get("ignored") and not node.get("name", {}).get("value", "").strip():
            yield f"a {role} has no name"
    for image in page.ask("return [...document.images].filter((image) => !image.alt.trim()).map((image) => image.src)"):
        yield f"no alt: {image}"


def structure(page):
    """Landmarks, one h1, headings that skip no level, tables with captions and scopes, ids that are there once."""
    for landmark in "body > header", "nav", "main", "body > footer", "h1":
        if page.ask("return document.querySelectorAll(arguments[0]).length", landmark) != 1:
            yield f"not one {landmark}"
    levels = page.ask("return [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((heading) => Number(heading.tagName[1]))")
    for above, level in zip(levels, levels[1:]):
        if level > above + 1:
            yield f"h{level} behind h{above}"
    yield from page.ask("""
        return [...document.querySelectorAll('table')].filter((table) => !table.caption || !table.caption.textContent.trim())
            .map((table) => 'a table without a caption')
            .concat([...document.querySelectorAll('th:not([scope])')].map((head) => `no scope: ${head.textContent}`))""")
    ids = page.ask("return [...document.querySelectorAll('[id]')].map((one) => one.id)")
    yield from {f"twice: {one}" for one in ids if ids.count(one) > 1}


def keyboard(page):
    """Tab reaches everything in its order, begins with a link over the navigation, and is seen."""
    wanted = page.ask("""
        document.activeElement.blur();
        const all = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')];
        window.stops = all.filter((one) => one.checkVisibility());
        return window.stops.length""")
    for i in range(min(wanted, 40)):
        page.browser.switch_to.active_element.send_keys(Keys.TAB)
        place, seen = page.ask("""
            const one = document.activeElement, style = getComputedStyle(one);
            return [window.stops.indexOf(one), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]""")
        if place != i:
            yield f"stop {i} is number {place} of the page"
            return
        if not seen:
            yield f"the focus is not seen at stop {i}"
        if i == 0 and not page.ask("return document.activeElement.matches('.skip') && "
                                   "document.activeElement.getBoundingClientRect().top >= 0"):
            yield "the first stop is no link over the navigation"


def is_sorted(texts, downwards):
    numbers = [float(text) for text in texts if text != "NA"]
    return texts[len(numbers):] == ["NA"] * (len(texts) - len(numbers)) and numbers == sorted(numbers, reverse=downwards)


def sorting(page):
    """A header sorts by its column, up and down, by mouse, Enter and Space; what was not measured is last."""
    if not page.browser.find_elements(By.CSS_SELECTOR, "#all thead button"):
        yield "the headers are no buttons"
        return
    header = page.header("CPU time")
    ways = ("click", header.click, False), ("Enter", lambda: header.send_keys(Keys.ENTER), True), \
        ("Space", lambda: header.send_keys(Keys.SPACE), False)
    for way, press, downwards in ways:
        press()
        if not is_sorted(page.column("CPU time"), downwards):
            yield f"{way}: not sorted: {page.column('CPU time')[:5]}"
        told = page.ask("return document.querySelector('#all [aria-sort]')?.getAttribute('aria-sort')")
        if told != ("descending" if downwards else "ascending"):
            yield f"{way}: aria-sort is {told}"
    page.header("Strategy").click()
    texts = page.column("Strategy")
    if texts != sorted(texts, key=lambda text: text.replace("_", "")) and texts[0] > texts[-1]:
        yield f"texts are not sorted: {texts[:5]}"
    begun = time.monotonic()
    page.header("Size").click()
    if time.monotonic() - begun > 2:
        yield "it takes longer than 2 s"


def sorting_measured(page):
    """A number sorts by itself where its unit and its interval stand behind it, and what has none is last."""
    texts = page.ask("""
        const table = document.querySelector('#stress-depth table'), heads = [...table.tHead.rows[0].cells];
        const column = heads.findIndex(head => head.textContent === 'Value');
        heads[column].querySelector('button').click();
        return [...table.tBodies[0].rows].map(row => row.cells[column].textContent.trim().split(' ')[0])""")
    if texts != ["9.50", "120", "1000", "23456789", ""]:
        yield f"not sorted: {texts}"


def filtering(page):
    """Words and choices filter the table, how many rows are shown is announced, and all come back."""
    whole = page.column("Workload")
    if page.shown() != f"{len(whole)} cells":
        yield f"{len(whole)} rows, and {page.shown()} told"
    if page.ask("return document.getElementById('shown').getAttribute('aria-live')") != "polite":
        yield "the number of rows is not announced"
    page.browser.find_element(By.NAME, "text").send_keys("w1 ARENA")
    found = page.column("Strategy")
    if set(found) != {"arena"} or page.shown() != f"{len(found)} of {len(whole)} cells":
        yield f"words: {found[:5]}, {page.shown()}"
        return
    page.browser.find_element(By.CSS_SELECTOR, ".filters [type=reset]").click()
    page.wait_for("return !document.getElementById('shown').textContent.includes('of')")
    for name, value, column in ("status", "crash", "Status"), ("class", "real", "Class"), ("strategy", "refcount", "Strategy"):
        page.ask("""const select = document.querySelector(`select[name=${arguments[0]}]`); select.value = arguments[1];
                    select.dispatchEvent(new Event('input', { bubbles: true }))""", name, value)
        found = page.column(column)
        if set(found) != {value} or len(found) == len(whole):
            yield f"{name}: {found[:5]}"
        page.browser.find_element(By.CSS_SELECTOR, ".filters [type=reset]").click()
        page.wait_for("return !document.getElementById('shown').textContent.includes('of')")
    if len(page.column("Workload")) != len(whole):
        yield "not all rows come back"


def widths(page):
    """Nothing but boxes scrolls sideways, at 360, 800 and 1280 pixels."""
    page.ask("document.querySelectorAll('details').forEach((fold) => fold.open = true)")
    for width in 360, 800, 1280:
        page.look(width, "light")
        taken = page.ask("return document.documentElement.scrollWidth")
        if taken > width:
            yield f"{taken} pixels in a window of {width}"


def whole(page):
    """What the run would choose, and its noise, stand there whole: no box cuts a row off."""
    for width in 360, 800, 1280:
        page.look(width, "light")
        for cut in page.ask("""return [...document.querySelectorAll('section:not(.wide) > .scroll')]
                .filter((box) => box.scrollHeight > box.clientHeight + 1).map((box) => box.textContent.trim())"""):
            yield f"{width}: {cut[:60]}"


def titles(page):
    """A chart's title and reading help stand once: in the page, and not in the picture below them as well."""
    shape = page.ask("""const image = document.querySelector('img[src$="real.svg"]');
        image.closest('details').open = true;
        const style = getComputedStyle(image), shown = image.getBoundingClientRect();
        return [shown.height / shown.width, style.objectFit, style.objectPosition]""")
    if abs(shape[0] - 343 / 800) > 0.01 or shape[1:] != ["cover", "50% 100%"]:
        yield f"of 400 pixels {shape[0] * 800:.0f} are shown, and not the lower 343: {shape[1:]}"


# The least ratio of luminances that WCAG 2.1 asks of text (1.4.3), by its own formula; of large text 3.
CONTRAST = """
    const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 };
    const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const ground = (one) => {
        for (; one; one = one.parentElement) {
            const colour = parts(getComputedStyle(one).backgroundColor);
            if (colour.length < 4 || colour[3] > 0.99) return colour;
        }
        return [255, 255, 255];
    };
    const weak = new Set();
    for (const one of document.querySelectorAll('body *')) {
        const has_text = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (!has_text || !one.checkVisibility()) continue;
        const style = getComputedStyle(one), [a, b] = [luminance(parts(style.color)), luminance(ground(one))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const least = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
        if (ratio < least) weak.add(`${one.tagName}.${one.className} ${ratio.toFixed(2)}`);
    }
    return [...weak]"""


def colours(page):
    """Text can be read in light and in dark, and dark is dark."""
    for scheme in "light", "dark":
        page.look(1280, scheme)
        yield from (f"{scheme}: {weak}" for weak in page.ask(CONTRAST))
        red = page.ask("return Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
        if (red < 128) != (scheme == "dark"):
            yield f"{scheme}: the page is {red} red"


def print_layout(page):
    """Print leaves out what is to be clicked and the long table, says so, and has pages."""
    page.look(800, "dark", "print")
    for what, shown in ("nav", False), ("#all", False), (".only-print", True), (".filters", False), ("h1", True):
        if page.ask("return document.querySelector(arguments[0]).checkVisibility()", what) != shown:
            yield f"{what} is {'hidden' if shown else 'shown'}"
    if page.ask("return getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)":
        yield "it is not white"
    if len(page.tell("Page.printToPDF")["data"]) < 10000:
        yield "there is nothing on the paper"


def without_script(page):
    """Without JavaScript there is a plain table, and nothing that does nothing."""
    page.tell("Emulation.setScriptExecutionDisabled", value=True)
    page.browser.get(page.address)
    rows = len(page.browser.find_elements(By.CSS_SELECTOR, "#all tbody tr"))
    if rows == 0 or page.browser.find_element(By.ID, "shown").text != f"{rows} cells":
        yield f"{rows} rows"
    for useless in "#all thead button", ".filters":
        if any(one.is_displayed() for one in page.browser.find_elements(By.CSS_SELECTOR, useless)):
            yield f"{useless} is shown"
    page.tell("Emulation.setScriptExecutionDisabled", value=False)


CHECKS = [console, pictures, injection, links, names, structure, keyboard, sorting, sorting_measured, filtering, widths, whole,
          titles, colours, print_layout, without_script]

# What each check is there for: a text of the page, and what a fault makes of it.
FAULTS = [
    (console, "<script>", "<script>throw new Error('planted');</script><script>"),
    (pictures, '<img src="./charts/real.svg"', '<img src="./charts/nowhere.svg"'),
    (injection, "<li>&quot;&gt;&lt;script&gt;window.hacked = 1&lt;/script&gt;", "<li><script>window.hacked = 1</script>"),
    (injection, 'href="./trials.csv"', 'href="https://example.org/"'),
    (links, 'href="./trials.csv"', 'href="./other.csv"'),
    (names, "<label>Text <input", "<label><input"),
    (names, ' alt="dots', ' alt="" title="dots'),
    (structure, "<h3>The same program twice", "<h5>The same program twice"),
    (structure, '<th scope="col">Status', "<th>Status"),
    (keyboard, '<a class="skip"', '<a class="skip" tabindex="-1"'),
    (keyboard, ":focus-visible {", ":focus-invisible {"),
    (sorting, "direction * (a - b)", "a - b"),
    (sorting, 'header.setAttribute("aria-sort"', 'header.setAttribute("data-sort"'),
    (sorting, "Number.isNaN(a) - Number.isNaN(b)", "0"),
    (sorting_measured, "Number.parseFloat(text)", "Number(text)"),
    (filtering, "row.hidden = !matches", "row.hidden = matches"),
    (filtering, ' aria-live="polite"', ""),
    (widths, ".scroll { margin", ".scroll-not { margin"),
    (whole, ".wide .scroll, details .scroll {", ".scroll {"),
    (titles, 'style="aspect-ratio: 800 / 343"', ""),
    (titles, "object-position: bottom", "object-position: top"),
    (colours, "--soft: #57606a", "--soft: #b0b6bd"),
    (colours, "(prefers-color-scheme: dark)", "(prefers-color-scheme: none)"),
    (print_layout, ".many { display: none; }", ""),
    (without_script, 'class="filters" hidden', 'class="filters"'),
]


def complaints(browser, check, file):
    return list(check(Page(browser, file)))


def main(folder):
    browser, failed = start(), 0

    def tell(good, sentence, why=()):
        nonlocal failed
        failed += not good
        print(("ok - " if good else "not ok - ") + sentence + (": " + "; ".join(why) if why and not good else ""), flush=True)

    with tempfile.TemporaryDirectory() as elsewhere:
        moved = shutil.copytree(folder, os.path.join(elsewhere, "moved run #1"))
        file = os.path.join(moved, "index.html")
        for check in CHECKS:
            wrong = complaints(browser, check, file)
            tell(not wrong, f"the page: {check.__doc__}", [str(one)[:300] for one in wrong[:5]])
        with open(file) as page:
            text = page.read()
        planted = os.path.join(moved, "planted.html")
        for check, sound, fault in FAULTS:
            with open(planted, "w") as page:
                page.write(text.replace(sound, fault, 1))
            tell(sound in text and complaints(browser, check, planted), f"{check.__name__} finds: {fault}")
    browser.quit()
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
