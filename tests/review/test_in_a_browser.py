"""The page driven in Chromium: with its keys, without scripts, by those who do not see it as drawn."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from bot.consultation.record import Standing
from tests.review.hall import REVIEWER, Hall

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@contextmanager
def window(hall: Hall, browser: Browser, **options: object) -> Iterator[Page]:
    """A window of a person with a browser of their own; any error of a script fails."""
    context = browser.new_context(base_url=hall.origin, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(15_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def signed_in(hall: Hall, page: Page) -> None:
    """By the link that comes by mail."""
    page.goto("/")
    page.get_by_label("Your mail address").fill(REVIEWER)
    page.get_by_role("button", name="Mail me a link").click()
    expect(page.get_by_role("status")).to_contain_text("a link is on its way")
    page.goto(hall.mailed_links()[-1])
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_scan_is_settled_and_its_confirmation_goes_out(
    hall: Hall, browser: Browser, *, scripts: bool
) -> None:
    reply = hall.scanned()
    text = hall.room.circular.texts[1].designation
    with window(hall, browser, java_script_enabled=scripts) as page:
        signed_in(hall, page)
        page.get_by_role("link", name=reply.reference).click()
        picture = page.get_by_role("img", name="Page 1, its boxes outlined").first
        expect(picture).to_be_visible()
        if scripts:
            drawn = "() => document.querySelector('img.page').naturalWidth > 0"
            page.wait_for_function(drawn)
        page.get_by_label(f"What {text} says").select_option("does_not_assign")
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_role("status")).to_contain_text("nothing of it waits")
        page.get_by_role("link", name="Overview").click()
        expect(page.get_by_role("row", name=text)).to_contain_text("0.0 %")
        hall.room.round()
        page.get_by_role("link", name="Letters", exact=True).click()
        expect(page.get_by_role("row", name="confirmation")).to_contain_text("sent")
        page.get_by_role("link", name="Audit trail").click()
        expect(page.get_by_role("row", name=f"{text} set to does_not_assign")).to_contain_text(
            REVIEWER
        )
    settled = hall.reply(reply.reference)
    assert (settled.standing, settled.needs_review) == (Standing.COUNTED, False)
    # The acknowledgement of the day it came, and the confirmation.
    assert len(hall.sent_to(reply.sender)) == 2


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_box_that_was_scribbled_over_is_shown_and_settled(
    hall: Hall, browser: Browser, *, scripts: bool
) -> None:
    reply = hall.scribbled()
    text = hall.room.circular.texts[1].designation
    with window(hall, browser, java_script_enabled=scripts) as page:
        signed_in(hall, page)
        page.get_by_role("link", name=reply.reference).click()
        expect(page.get_by_role("img", name=f"The row {text} as it is on the page")).to_be_visible()
        page.get_by_label(f"What {text} says").select_option("assigns,none")
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_role("status")).to_contain_text("nothing of it waits")
        hall.room.round()
        page.get_by_role("link", name="Letters", exact=True).click()
        expect(page.get_by_role("row", name="confirmation")).to_contain_text("sent")
        page.get_by_role("link", name="Audit trail").click()
        expect(page.get_by_role("row", name=f"{text} set to assigns,none")).to_contain_text(
            REVIEWER
        )
    assert next(each for each in hall.room.tally().texts if each.text == text).assigns == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_sender_is_confirmed_and_taken_back(
    hall: Hall, browser: Browser, *, scripts: bool
) -> None:
    reply = hall.unregistered()
    with window(hall, browser, java_script_enabled=scripts) as page:
        signed_in(hall, page)
        page.get_by_role("link", name=reply.reference).click()
        page.get_by_label("to the register").check()
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_role("status")).to_contain_text("nothing of it waits")
        expect(page.locator("dt:has-text('Registered for') + dd")).to_have_text("Peru")
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_role("status")).to_contain_text("Taken back")
        expect(page.locator("dt:has-text('Registered for') + dd")).to_have_text("nobody")
    assert hall.reply(reply.reference).needs_review


def press(page: Page, key: str) -> None:
    """A key, once the page has its scripts."""
    page.wait_for_load_state("domcontentloaded")
    page.keyboard.press(key)


def test_everything_is_done_by_keys(hall: Hall, browser: Browser) -> None:
    hall.unregistered()
    hall.contradictory()
    with window(hall, browser) as page:
        signed_in(hall, page)
        press(page, "g")
        press(page, "q")
        expect(page.get_by_role("heading", name="Queue", level=1)).to_be_visible()
        press(page, "j")
        press(page, "j")
        press(page, "k")
        press(page, "Enter")
        expect(page.get_by_text("1 of 2 in the queue")).to_be_visible()
        press(page, "j")
        expect(page.get_by_text("2 of 2 in the queue")).to_be_visible()
        press(page, "k")
        expect(page.get_by_text("1 of 2 in the queue")).to_be_visible()
        press(page, "a")
        expect(page.get_by_role("status")).to_contain_text("nothing of it waits")
        press(page, "u")
        expect(page.get_by_role("status")).to_contain_text("Taken back")
        press(page, "/")
        page.keyboard.type("a word with a and j")
        press(page, "Enter")
        expect(page.get_by_text("0 found")).to_be_visible()
        press(page, "?")
        expect(page.get_by_role("heading", name="Keys", level=1)).to_be_visible()
        page.get_by_role("button", name="Turn these keys off").click()
        page.get_by_role("heading", name="Keys", level=1).click()
        press(page, "g")
        press(page, "q")
        expect(page.get_by_role("heading", name="Keys", level=1)).to_be_visible()


def test_the_first_key_leads_past_the_menu(hall: Hall, browser: Browser) -> None:
    with window(hall, browser) as page:
        signed_in(hall, page)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_violates_what_axe_knows(hall: Hall, browser: Browser, scheme: str) -> None:
    reply = hall.scanned()
    hall.take(hall.room.reply("EGY", "XNNNNNNNNN"))
    hall.question()
    axe = Axe()
    found = {}
    with window(hall, browser, color_scheme=scheme) as page:
        page.goto("/sign-in")
        found["/sign-in"] = axe.run(page).response["violations"]
        signed_in(hall, page)
        for path in (
            "/",
            "/queue",
            "/messages/1",
            "/messages/2",
            "/messages/3",
            f"/replies/{reply.id}/question",
            "/members",
            "/members/EGY",
            "/letters",
            "/letters/1",
            "/trail?check=1",
            "/search?q=106",
            "/keys",
        ):
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            found[path] = axe.run(page).response["violations"]
    said = {
        path: [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in wrong]
        for path, wrong in found.items()
        if wrong
    }
    assert said == {}


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_page_is_wider_than_its_window(hall: Hall, browser: Browser, width: int) -> None:
    """A telephone, and a window of 1280 pixels at 400 and 200 % (WCAG 2.2, 1.4.10)."""
    hall.scanned()
    hall.take(hall.room.reply("EGY", "XNNNNNNNNN"))
    with window(hall, browser, viewport={"width": width, "height": 800}) as page:
        signed_in(hall, page)
        for path in ("/", "/queue", "/messages/1", "/messages/2", "/members", "/letters", "/trail"):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_hostile_mail_runs_nothing_in_a_browser(hall: Hall, browser: Browser) -> None:
    hall.question(
        subject="TSB Circular 106 <script>document.title='owned'</script>\u202e",
        text="TSB Circular 106 <img src=x onerror=\"document.title='owned'\">",
        html="<p>TSB Circular 106</p><script>document.title='owned'</script>",
    )
    with window(hall, browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        signed_in(hall, page)
        page.goto("/messages/1")
        expect(page.get_by_role("heading", level=1)).to_contain_text("<script>")
        assert page.title() == "Message 1 – Consultations"
        assert all(each.startswith(hall.origin) for each in asked)
