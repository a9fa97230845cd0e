"""The cards as they are played: taps and keys in a real browser, as Anki's players show them.

``pages`` loads each side as a page of its own, as phones do; ``document`` puts each side into
one document that lives on, as the desktop does, with storage denied.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from chromium import PROGRAM, Chromium
from learner import Learner, learner
from newsdeck.cli import main
from newsdeck.deck import load
from newsdeck.grade import grade
from newsdeck.kinds import KINDS, AnyQuestion
from newsdeck.number import Malformed
from test_anki import HEAD, PROBES, QUESTIONS, hostile, write

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed")

PLAYERS = ("pages", "document")
FORGET = "sessionStorage.removeItem('newsdeck')"
PICKED_FROM = ".options > li, .rights > li"
THEMES = ("card card1", "card card1 nightMode night_mode")


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    opened = Chromium()
    yield opened
    opened.close()


@contextmanager
def learned(folder: Path, questions: list[str], head: str = HEAD) -> Iterator[Learner]:
    deck = write(folder, questions, head)
    done = CliRunner().invoke(
        main,
        ["export", str(deck), "-o", str(folder / "out.apkg")],
        env={"NEWSDECK_HOME": str(folder)},
    )
    assert done.exit_code == 0, done.output
    with learner(folder / "anki") as opened:
        opened.take(folder / "out.apkg")
        yield opened


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    with learned(tmp_path_factory.mktemp("cards"), QUESTIONS) as opened:
        yield opened


class Player:
    """Shows a card's sides in the browser, one after the other; ``chance`` is what Math.random
    says."""

    def __init__(self, browser: Chromium, anki: Learner, folder: Path, way: str) -> None:
        self.browser, self.anki, self.folder, self.way = browser, anki, folder, way
        self.body, self.chance = THEMES[0], 0.5
        # The desktop's one document lives on from card to card, and from test to test.
        if way == "pages" or browser.run("location.protocol") != "data:":
            self.open("")
        browser.run("delete window.newsdeckState")
        denied = browser.run("(() => { try { sessionStorage } catch (e) { return e.name } })()")
        assert denied == (None if way == "pages" else "SecurityError")
        browser.errors.clear()

    def open(self, side: str, kept: str | None = None) -> None:
        stored = f"sessionStorage.newsdeck = {json.dumps(kept)}" if kept else FORGET
        page = (
            '<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width">'
            f"<script>Math.random = () => {self.chance}; try {{ {stored} }} catch (e) {{}}</script>"
            f'<body class="{self.body}"><div id=qa>{side}</div>'
        )
        if self.way == "pages":
            file = self.folder / "card.html"
            file.write_text(page, "utf-8")
            self.browser.open(file.as_uri())
        else:
            self.browser.open(f"data:text/html,{quote(page)}")

    def show(self, side: str) -> None:
        if self.way == "pages":
            # A page that comes within milliseconds may read storage as it was before the last
            # one wrote; no learner is so fast, so the page is given what was written.
            self.open(side, self.browser.run("sessionStorage.newsdeck"))
        else:
            self.browser.run(
                f"document.body.className = {json.dumps(self.body)};"
                f"Math.random = () => {self.chance};"
                f"var qa = document.getElementById('qa'); qa.innerHTML = {json.dumps(side)};"
                "qa.querySelectorAll('script').forEach(old => { const s = "
                "document.createElement('script'); s.textContent = old.textContent;"
                "old.replaceWith(s) })"
            )

    def front(self, identity: str) -> None:
        self.card = self.anki.note(f"release/{identity}").cards()[0]
        self.show(self.anki.front(self.card))

    def back(self, typed: str = "") -> None:
        self.show(self.anki.back(self.card, typed))

    def verdict(self) -> str:
        return self.browser.texts(".verdict")[0]

    def verdicts(self) -> list[bool]:
        """Tell of each right answer whether it was given."""
        found: list[bool] = self.browser.run(
            "[...document.querySelectorAll('.answers > .right')]"
            ".map(e => e.classList.contains('hit'))"
        )
        return found

    def places(self, selector: str) -> list[str]:
        """Return the places that items had in their field, in the order in which they stand."""
        found: list[str] = self.browser.run(
            f"[...document.querySelectorAll('{selector}')].map(e => e.dataset.place)"
        )
        return found

    def tap(self, selector: str, text: str) -> None:
        self.browser.tap(selector, self.browser.texts(selector).index(text))


@pytest.fixture(params=PLAYERS)
def player(
    request: pytest.FixtureRequest, browser: Chromium, anki: Learner, tmp_path: Path
) -> Iterator[Player]:
    opened = Player(browser, anki, tmp_path, request.param)
    yield opened
    assert browser.errors == []


in_one_document = pytest.mark.parametrize("player", PLAYERS[1:], indirect=True)


@pytest.mark.parametrize("theme", THEMES, ids=["day", "night"])
@pytest.mark.parametrize("identity", ["single", "several"])
def test_the_back_keeps_the_order_and_the_picks(player: Player, identity: str, theme: str) -> None:
    player.body = theme
    orders = []
    for player.chance in (0.2, 0.7):
        player.front(identity)
        orders.append(player.places(".options > li"))
        player.browser.tap(".options > li", 1)
        player.back()
        assert player.places(".answers > li") == orders[-1]
        assert player.places(".hit, .miss") == [orders[-1][1]]
        assert "your answer" in player.browser.texts(".hit, .miss")[0]
    assert orders[0] != orders[1]


@pytest.mark.parametrize("theme", THEMES, ids=["day", "night"])
@pytest.mark.parametrize(("identity", "options"), [("order", ".options"), ("match", ".rights")])
def test_the_back_knows_what_was_picked_in_another_order(
    player: Player, identity: str, options: str, theme: str
) -> None:
    player.body, player.chance = theme, 0.7
    player.front(identity)
    picked = player.browser.texts(f"{options} > li")[:2]
    for text in picked:
        player.tap(f"{options} > li", text)
    player.back()
    judged = dict(zip(player.browser.texts(".answers > .right"), player.verdicts(), strict=True))
    if identity == "order":
        right = ["one", "two", "three", "four"]
        for place, text in enumerate(picked):
            (row,) = [row for row in judged if row.startswith(text)]
            assert judged[row] is (right.index(text) == place)
            assert (f"✗ you: {place + 1}" in row) != judged[row]
            assert row.endswith("✓") == judged[row]
        marks = player.browser.run(
            "[...document.querySelectorAll('.answers > li')]"
            ".map(e => getComputedStyle(e, '::before').content)"
        )
        assert set(marks) == {"counter(place)"}  # the right order can be read off
    else:
        for text, row in zip(picked, judged, strict=False):
            assert f"you: {text}" in row or (text in row and judged[row])


def test_a_front_that_is_shown_again_is_the_same_card_still(player: Player) -> None:
    player.front("several")
    order = player.places(".options > li")
    player.browser.tap(".options > li", 2)
    player.front("several")
    assert player.places(".options > li") == order
    assert player.places('[aria-pressed="true"]') == [order[2]]


def test_a_back_without_a_front_shows_the_answer_and_judges_nothing(player: Player) -> None:
    player.front("claim")
    player.card = player.anki.note("release/several").cards()[0]
    player.back()
    assert player.places(".answers > li") == ["0", "1", "2", "3"]
    assert sorted(player.browser.texts(".answers > .right")) == ["Ada", "Bea"]
    assert player.verdict() == ""


@in_one_document
@pytest.mark.parametrize(
    ("identity", "picks", "verdict"),
    [
        ("single", ["many"], "✓ Right"),
        ("single", ["few"], "✗ Wrong"),
        ("single", ["few", "many"], "✓ Right"),
        ("several", ["Ada", "Bea"], "✓ Right"),
        ("several", ["Ada", "Cleo"], "✗ 1 of 2, and 1 wrong"),
        ("several", ["Ada", "Bea", "Bea"], "✗ 1 of 2"),
        ("claim", ["False"], "✓ Right"),
        ("claim", ["True"], "✗ Wrong"),
        ("order", ["one", "two", "three", "four"], "✓ Right"),
        ("order", ["two", "one", "three", "four"], "✗ 2 of 4"),
        ("order", ["two", "one", "two", "two", "three", "four"], "✓ Right"),
        ("order", ["one"], "✗ 1 of 4"),
    ],
)
def test_taps_are_judged(player: Player, identity: str, picks: list[str], verdict: str) -> None:
    player.front(identity)
    for text in picks:
        player.tap(".options > li", text)
    player.back()
    assert player.verdict() == verdict


@in_one_document
def test_the_back_says_why_a_pick_was_wrong(player: Player) -> None:
    player.front("single")
    player.tap(".options > li", "few")
    player.back()
    assert player.browser.texts(".miss .rebuttal") == ["Not few."]
    assert player.browser.texts(".why") == ["It said so."]


@in_one_document
def test_partners_are_joined_by_taps(player: Player) -> None:
    player.front("match")
    assert sorted(player.browser.texts(".rights > li")) == [
        "a king",
        "a poet",
        "a queen",
        "a smith",
    ]
    for text in ("a poet", "a king", "a queen"):  # the next empty row comes up by itself
        player.tap(".rights > li", text)
    assert player.browser.texts(".slot") == ["a poet", "a king", "a queen"]
    player.tap(".lefts > li > span:first-child", "Bea")
    player.tap(".rights > li", "a smith")
    player.tap(".lefts > li > span:first-child", "Cleo")
    player.tap(".rights > li", "a king")
    player.back()
    assert player.verdict() == "✗ 2 of 3"
    assert player.browser.texts(".miss .yours") == ["you: a king"]


@in_one_document
def test_arrows_do_what_taps_do(player: Player) -> None:
    press = player.browser.key
    player.front("order")
    order = player.browser.texts(".options > li")
    press("ArrowDown")
    press("ArrowRight")
    press("ArrowUp")
    press("ArrowRight")
    assert player.browser.run(
        "[...document.querySelectorAll('.options > li')].map(e => e.dataset.mark)"
    ) == ["1", *[""] * (len(order) - 2), "2"]
    press("ArrowLeft")
    assert len(player.places('[aria-pressed="true"]')) == 1
    player.front("match")
    press("ArrowDown")
    press("ArrowDown")
    press("ArrowRight")
    press("ArrowRight")
    assert player.browser.texts(".slot") == ["", player.browser.texts(".rights > li")[1], ""]
    press("ArrowLeft")
    press("ArrowLeft")
    assert player.browser.texts(".slot") == ["", "", ""]


@in_one_document
def test_keys_of_the_player_pass(player: Player) -> None:
    player.front("several")
    player.browser.run("window.passed = []; document.onkeydown = e => passed.push(e.key)")
    for name in ("1", "2", " ", "Enter", "e"):
        player.browser.key(name)
    assert player.browser.run("passed") == ["1", "2", " ", "Enter", "e"]
    assert player.places('[aria-pressed="true"]') == []


@in_one_document
def test_the_space_bar_belongs_to_the_player_after_a_tap(player: Player) -> None:
    player.front("several")
    player.browser.run("window.passed = []; document.onkeydown = e => passed.push(e.key)")
    player.browser.tap(".options > li", 1)
    picked = player.places('[aria-pressed="true"]')
    player.browser.key(" ")
    assert player.browser.run("passed") == [" "]
    assert player.places('[aria-pressed="true"]') == picked
    player.browser.key("ArrowDown")  # whoever goes on by keys ticks by them
    player.browser.key(" ")
    assert len(player.places('[aria-pressed="true"]')) == 2


@in_one_document
@pytest.mark.parametrize(
    ("identity", "typed", "verdict"),
    [
        ("typed", "Aleś Bialiatski", "✓ Right"),
        ("typed", "Ales Bialiatski", "✓ Right"),
        ("typed", "the bialiatski!", "✓ Accepted: the bialiatski!"),
        ("plain", "lodz aegir othoeddihtnss", "✓ Accepted: lodz aegir othoeddihtnss"),
        ("typed", "Coale", "✗ Wrong: Coale"),
        ("typed", "", ""),
        ("exact", "aB", "✓ Right"),
        ("exact", "ab", "✗ Wrong"),
        ("number", "1613", "✓ Right"),
        ("number", "1,650 days", "✓ Accepted: 1,650 days"),
        ("number", "1,700", "✗ Wrong"),
        ("number", "many", "Not read as a number: many"),
        ("number", "1,61", "Not read as a number: 1,61"),
        ("number", "−1,613.0", "✗ Wrong"),
    ],
)
def test_what_is_typed_is_judged_as_in_the_terminal(
    player: Player, identity: str, typed: str, verdict: str
) -> None:
    player.front(identity)
    assert player.browser.run("document.querySelectorAll('input#typeans').length") == 1
    player.back(typed)
    assert player.verdict() == verdict
    assert player.browser.texts(".earned li") == ["Coale: He spoke."] * (typed == "Coale")


ANSWERS = {
    "- typed: Which organization?\n  answer: Viasna\n"
    "  accept: [Vyasna, Viasna Human Rights Centre]\n  reject:\n  - Vesna: Russian.\n": [
        "viasna", " Viasna ", "Vyasna", "Viasnna", "Vaisna", "Biasna", "Vanna", "“Viasna”", "vesna",
        "Viasna Human Right Centre", "the viasna human-rights centre", "Viasna Centre", "—",
        "ViasnaHumanRightsCentre", "Viasna Humn Rigts Centre", "Viasna Humn Rigts Cntre",
    ],
    "- typed: Where?\n  answer: Straße\n  accept: [y - z, C++ & <b>, Ὀδυσσεύς, N.A.T.O., -5]\n": [
        "strasse", "STRASSE", "Strase", "y z", "y-z", "yz", "c++ b", "c b", "ΟΔΥΣΣΕΥΣ", "οδυσευς",
        "nato", "n.a.t.o", "NATO.", "5", "−5", "- 5", "St raße",
    ],
    "- typed: How long?\n  answer: 1,613 days\n  accept: [$3.5, 2:1, A-level, U.S. aid]\n": [
        "1613 days", "1613 dayz", "1,614 days", "1.613 days", "3.5", "$3.5", "$35", "2:1", "21",
        "2 1", "level", "a level", "us aid", "u.s. aid", "the US aid", "1,613 day",
    ],
    "- typed: Which sign?\n  answer: '--'\n  match: exact\n  reject: [{'-': One.}]\n": [
        "--", "—", "-", "- -",
    ],
    "- number: How many days?\n  answer: 20\n  within: 2\n  unit: days\n": [
        "20", "22", "22.0", "22.01", "+18", "17.9", "0x14", "2e1", "20 days", "20days", "day 20",
        "twenty", "20 d", " ", "20,0", "020", "２０", "٢٠", "infinity", "1/2", "~20", "20.",
        ".5",
    ],
    "- number: How many?\n  answer: 1,500,000\n": [
        "1500000", "1.5 million", "1,500 thousand", "1500 000", "15,00,000", "1,500,000.00",
        "1.5 billion", "six million", "fivethousand", "five thousand",
    ],
    "- number: How much?\n  answer: 1.5 million\n  unit: dollars\n": [
        "$1.5 million", "1.5 million dollars", "US$1,500,000", "1500000", "1.5", "-$1.5 million",
    ],
    "- number: What share?\n  answer: -5\n  within: 1\n  unit: percent\n": [
        "-5%", "−5 per cent", "- 5", "5", "-4.0", "-3.9", "-5 %", "%",
    ],
}  # fmt: skip


def test_a_typed_answer_is_judged_as_the_terminal_judges_it(
    browser: Chromium, tmp_path: Path
) -> None:
    questions = [f"{text}  id: q{place}\n" for place, text in enumerate(ANSWERS)]
    deck = load(write(tmp_path, questions))
    with learned(tmp_path, questions) as anki:
        player = Player(browser, anki, tmp_path, "document")
        found = {}
        for question, answers in zip(deck.questions, ANSWERS.values(), strict=True):
            player.front(question.id)
            for typed in answers:
                player.back(typed)
                found[question.asked, typed] = player.verdict()
    wanted = {
        (question.asked, typed): in_words(question, typed)
        for question, answers in zip(deck.questions, ANSWERS.values(), strict=True)
        for typed in answers
    }
    short = {"✓ Right": "✓", "✓ Accepted": "✓"}
    said = {key: words.split(":")[0] for key, words in found.items()}
    assert {key: short.get(words, words) for key, words in said.items()} == wanted
    assert browser.errors == []


def test_of_what_wrong_answers_are_told_only_what_was_earned_is_shown_at_once(
    browser: Chromium, tmp_path: Path
) -> None:
    question = (
        "- typed: Who?\n  id: who\n  answer: Ada\n  accept: Ada L.\n"
        "  reject: [Bea Smith: A poet., Smith: A poet., Cleo: A queen.]\n"
    )
    with learned(tmp_path, [question]) as anki:
        player = Player(browser, anki, tmp_path, "document")
        for typed, earned in (
            ("Smith", ["Bea Smith, Smith: A poet."]), ("Dora", []), ("Ada", []), ("", []),
        ):  # fmt: skip
            player.front("who")
            player.back(typed)
            assert browser.texts(".earned li") == earned
            assert browser.run("document.querySelector('.others').open") is False
            browser.tap(".others summary")
            folded = browser.texts(".others li")
            assert len(folded) == 3 - len(earned)
            assert folded[0] == "Ada L."


def test_letters_that_few_keyboards_have_count_as_plain_ones(
    browser: Chromium, tmp_path: Path
) -> None:
    question = (
        "- typed: Who?\n  id: who\n  answer: Łódź\n  accept: [Þórður, Bækkelø, Œuvre, Işık, Ŧuŋ]\n"
    )
    with learned(tmp_path, [question]) as anki:
        player = Player(browser, anki, tmp_path, "document")
        player.front("who")
        for typed in ("lodz", "Thordur", "baekkelo", "oeuvre", "isik", "tun"):
            player.back(typed)
            assert player.verdict() == f"✓ Accepted: {typed}"


def in_words(question: AnyQuestion, typed: str) -> str:
    """Return what a card is to say where the terminal grades so, without what was typed."""
    try:
        verdict = grade(question, typed)
    except Malformed:
        return "Not read as a number"
    if not verdict.right:
        return "✗ Wrong"
    if verdict.near:
        return "✓ Right, but check the spelling"
    return "✓"


@in_one_document
def test_a_back_without_an_answer_says_the_right_one_once(player: Player) -> None:
    for identity, answer in (("typed", "Aleś Bialiatski"), ("number", "1613")):
        player.front(identity)
        player.back()
        assert player.browser.texts(".newsdeck")[0].count(answer) == 1


@in_one_document
def test_the_question_stays_in_sight_where_a_back_is_scrolled_to(player: Player) -> None:
    player.browser.size(420, 200)
    for card in player.anki.cards():
        player.card = card
        player.show(player.anki.front(card))
        player.back("Coale")
        # As Anki does it.
        player.browser.run("document.getElementById('answer').scrollIntoView()")
        top = player.browser.run("document.querySelector('.prompt').getBoundingClientRect().top")
        assert 0 <= top < 100
    player.browser.size(420, 800)


@in_one_document
@pytest.mark.parametrize("identity", ["cloze", "card"])
def test_kinds_without_a_script_show_both_sides(player: Player, identity: str) -> None:
    player.front(identity)
    front = player.browser.texts(".newsdeck")[0]
    player.back()
    back = player.browser.texts(".newsdeck")[0]
    wanted = {"cloze": "Viasna", "card": "A salt."}[identity]
    assert wanted not in front
    assert wanted in back


def test_a_gap_is_told_its_own_spellings_alone(browser: Chromium, tmp_path: Path) -> None:
    question = "- cloze: 'In {two|2} days on {Saturday} by {US **envoy**|envoy}.'\n  id: gaps\n"
    with learned(tmp_path, [question]) as anki:
        player = Player(browser, anki, tmp_path, "document")
        told = {}
        for player.card in anki.note("release/gaps").cards():
            player.back()
            told[browser.texts(".cloze")[0]] = browser.texts(".accepted")
    assert told == {"two": ["2"], "Saturday": [], "US envoy": ["envoy"]}
    assert browser.errors == []


def mark(browser: Chromium, selector: str) -> str:
    """Return how far an item's mark stands from its right border."""
    found: str = browser.run(
        f"getComputedStyle(document.querySelector('{selector}'), '::before').right"
    )
    return found


def test_a_deck_that_runs_from_right_to_left_has_its_marks_there_and_our_words_in_order(
    browser: Chromium, tmp_path: Path
) -> None:
    question = "- order: رتب من الأصغر؟\n  id: small\n  items: [واحد, اثنان, ثلاثة]\n"
    with learned(tmp_path, [question]) as anki:
        player = Player(browser, anki, tmp_path, "document")
        player.front("small")
        browser.tap(".options > li")
        assert mark(browser, ".options > li") == "14px"
        player.back()
    assert mark(browser, ".answers > li") == "14px"
    assert re.fullmatch("✗ [01] of 3", player.verdict())
    sign, rest = (
        browser.run(
            "(() => { const text = document.querySelector('.verdict bdi').firstChild,"
            f"r = document.createRange(); r.setStart(text, {at}); r.setEnd(text, {at + 1});"
            "return r.getBoundingClientRect().x })()"
        )
        for at in (0, 7)
    )
    assert sign < rest


def test_bold_stands_out_of_a_prompt(browser: Chromium, tmp_path: Path) -> None:
    with learned(tmp_path, ["- card: Which is **not** one?\n  id: bold\n  answer: a\n"]) as anki:
        player = Player(browser, anki, tmp_path, "document")
        player.front("bold")
        plain, bold = (
            browser.run(f"Number(getComputedStyle(document.querySelector('{part}')).fontWeight)")
            for part in (".prompt", ".prompt b")
        )
        assert bold - plain >= 200


@in_one_document
def test_a_hint_is_shown_on_a_tap(player: Player) -> None:
    player.front("single")
    assert "A crowd." not in player.browser.texts(".hint")[0]
    player.browser.tap("summary")
    assert "A crowd." in player.browser.texts(".hint")[0]


@pytest.mark.parametrize("identity", ["single", "several", "claim", "order", "match"])
def test_without_scripts_both_sides_can_be_read(
    browser: Chromium, anki: Learner, tmp_path: Path, identity: str
) -> None:
    player = Player(browser, anki, tmp_path, "pages")
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        player.front(identity)
        options = browser.texts(".options > li, .rights > li")
        assert len(options) >= 2
        assert "Keys" not in browser.texts(".how")[0]
        player.back()
        assert set(browser.texts(".answers > li.right")) <= {
            "many", "Ada", "Bea", "False", "one", "two", "three", "four",
            "Adaa poet", "Beaa smith", "Cleoa queen",
        }  # fmt: skip
        assert browser.run(
            "getComputedStyle(document.querySelector('.answers > li.right'), '::before').content"
        ) in ('"✓"', "counter(place)")
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)


@in_one_document
def test_partners_and_the_row_they_are_for_are_in_sight_on_a_phone(player: Player) -> None:
    player.browser.size(380, 420)
    player.front("match")
    for text in ("a poet", "a king"):
        player.browser.run(
            "[...document.querySelectorAll('.rights > li')]"
            f".find(e => e.textContent === {json.dumps(text)}).click()"
        )
    low, top = player.browser.run(
        "[document.querySelector('.lefts > [aria-pressed=true]').getBoundingClientRect().bottom,"
        "document.querySelector('.rights').getBoundingClientRect().top]"
    )
    assert low <= top
    assert top < 420
    player.browser.size(420, 800)


@pytest.mark.parametrize("width", [360, 900])
def test_every_card_fits_its_screen(
    browser: Chromium, anki: Learner, tmp_path: Path, width: int
) -> None:
    player = Player(browser, anki, tmp_path, "document")
    browser.size(width, 740)
    for player.card in anki.cards():
        player.show(anki.front(player.card))
        for place in range(min(3, len(browser.texts(PICKED_FROM)))):
            browser.tap(PICKED_FROM, place)
        assert browser.run("document.documentElement.scrollWidth") <= width
        player.back("1650")
        assert browser.run("document.documentElement.scrollWidth") <= width
    browser.size(420, 800)


def test_nothing_in_a_deck_runs(browser: Chromium, tmp_path: Path) -> None:
    probe = " ".join(PROBES)
    head = HEAD.replace("The release", json.dumps(probe))
    with learned(tmp_path, [hostile(kind, probe) for kind in KINDS], head) as anki:
        player = Player(browser, anki, tmp_path, "pages")
        for player.card in anki.cards():
            for side in (anki.front(player.card), anki.back(player.card, probe)):
                player.open(side)
                foreign = "script:not(.newsdeck + script, head > script), img, iframe, video, audio"
                assert browser.run("document.title") == ""
                assert browser.texts(f"body :is({foreign})") == []
                assert len(browser.texts("article")) == 1
                assert "onerror=" in browser.texts(".deck")[0]
                assert "onerror=" in browser.texts(".prompt")[0]
    assert browser.errors == []
